// Node's HTTP server with a constant answer: node bare_node.mjs PORT FILE_WITH_THE_BODY
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const [port, file] = process.argv.slice(2);
const body = readFileSync(file);
const server = createServer((request, response) => {
    response.setHeader('Content-Type', 'application/json');
    response.end(body);
});
server.keepAliveTimeout = 60000;
server.listen(Number(port), '127.0.0.1');
