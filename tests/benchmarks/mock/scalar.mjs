// Scalar's mock server for a description: node scalar.mjs PORT DESCRIPTION
import { readFile } from 'node:fs/promises';
import { serve } from '@hono/node-server';
import { createMockServer } from '@scalar/mock-server';

const [port, description] = process.argv.slice(2);
const app = await createMockServer({ specification: await readFile(description, 'utf8') });
serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(port) });
