// Holds recorded answers of the mock server against the OpenAPI descriptions, with a validator that knows nothing of ferry.
//
//   node validate.mjs DESCRIPTIONS EXCHANGES...     folder of llamacloud.yaml and langflow.yaml; files of ferry-mock-server --exchanges
//
// The validator is Ajv: the most widely used one, well kept, and with JSON Schema 2020-12 built in, which is what an OpenAPI 3.1 schema
// is. The OpenAPI wrappers around it compile with older drafts and look at application/json only, so finding the operation, the status
// and the media type is done here.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import YAML from 'yaml';

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];
const escaped = (token) => encodeURIComponent(token.replaceAll('~', '~0').replaceAll('/', '~1'));

class Description {
  constructor(file) {
    this.name = path.basename(file);
    this.document = YAML.parse(fs.readFileSync(file, 'utf8'));
    this.ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true });
    formats.default(this.ajv);
    // Langflow sends times without a zone and declares them as date-time all the same; its description says so.
    if (this.name === 'langflow.yaml') this.ajv.addFormat('date-time', this.ajv.formats['iso-date-time']);
    this.ajv.addFormat('password', true);
    this.ajv.addFormat('binary', true);
    this.ajv.addSchema(this.document, this.name);
    this.operations = Object.entries(this.document.paths).flatMap(([template, item]) =>
      methods.filter((method) => item[method]).map((method) => ({
        id: item[method].operationId,
        method: method.toUpperCase(),
        pattern: new RegExp(`^${template.replace(/[.*+?^$()[\]\\|]/g, '\\$&').replace(/\{[^}]*\}/g, '[^/]+')}$`),
        fixed: !template.includes('{'),
        at: `#/paths/${escaped(template)}/${method}`,
        responses: item[method].responses,
      })));
    this.operations.sort((a, b) => b.fixed - a.fixed); // OpenAPI: concrete paths before templated ones
  }

  find(method, route) {
    return this.operations.find((one) => one.method === method && one.pattern.test(route));
  }

  /// Follows `$ref`; yields the value and its place.
  resolve(value, at) {
    while (value?.$ref) {
      at = value.$ref;
      value = at.slice(2).split('/').reduce(
        (node, token) => node[decodeURIComponent(token).replaceAll('~1', '/').replaceAll('~0', '~')], this.document);
    }
    return [value, at];
  }

  validator(at) {
    const found = this.ajv.getSchema(`${this.name}${at}`);
    assert.ok(found, `there is no schema at ${at}`);
    return found;
  }
}

/// The media type among the declared ones, exact before ranges.
const fitting = (content, type) =>
  [type, `${type.split('/')[0]}/*`, '*/*'].find((one) => content[one] !== undefined);

/// In place of the problems of an answer whose body was too large to be recorded.
const leftOut = [];

/// What is wrong with an answer: a list of texts.
export function problems(description, operation, { status, headers, body }) {
  const key = [String(status), `${String(status)[0]}XX`, 'default'].find((one) => operation.responses[one]);
  if (!key) return status >= 400 ? [] : [`status ${status} is not described`];
  const [response, at] = description.resolve(operation.responses[key], `${operation.at}/responses/${escaped(key)}`);
  const sent = new Map(headers.map(([name, value]) => [name.toLowerCase(), value]));
  const found = Object.entries(response.headers ?? {})
    .filter(([name, header]) => description.resolve(header)[0].required && !sent.has(name.toLowerCase()))
    .map(([name]) => `header ${name} is missing`);
  if (!response.content) return body ? [...found, 'there is a body, and none is described'] : found;
  const type = (sent.get('content-type') ?? '').split(';')[0].trim().toLowerCase();
  const media = fitting(response.content, type);
  if (!media) return [...found, `content type '${type}' is not described`];
  const [schema] = description.resolve(response.content[media].schema);
  if (!schema || schema.format === 'binary' || schema.contentMediaType) return found;
  if (body === null) return leftOut;
  let value = body;
  if (/[/+]json$/.test(type)) {
    try {
      value = JSON.parse(body);
    } catch (error) {
      return [...found, `the body is not JSON: ${error.message}`];
    }
  }
  const validate = description.validator(`${at}/content/${escaped(media)}/schema`);
  if (validate(value)) return found;
  return [...found, ...validate.errors.map((error) => `${error.instancePath || '/'} ${error.message} (${error.schemaPath})`)];
}

/// Every answer of a listed operation, one line each.
async function* exchanges(files) {
  for (const file of files)
    for await (const line of readline.createInterface({ input: fs.createReadStream(file) })) yield JSON.parse(line);
}

/// The validator is of use only if it refuses something: each change to an answer that was good must be found.
function mustRefuse(description, operation, good) {
  const value = JSON.parse(good.body);
  const [first] = Object.keys(value);
  const changes = {
    'another status': { ...good, status: 299 },
    'another content type': { ...good, headers: [['Content-Type', 'text/html']] },
    'no JSON': { ...good, body: `${good.body}}` },
    'a list in place of an object': { ...good, body: '[]' },
    'a member of another type': { ...good, body: JSON.stringify({ ...value, [first]: { nested: [] } }) },
    'a required member less': { ...good, body: JSON.stringify({ ...value, [first]: undefined }) },
  };
  for (const [what, changed] of Object.entries(changes))
    assert.notDeepEqual(problems(description, operation, changed), [], `${operation.id}: ${what} went unnoticed`);
  return Object.keys(changes).length;
}

async function main([folder, ...files]) {
  const descriptions = ['llamacloud.yaml', 'langflow.yaml'].map((name) => new Description(path.join(folder, name)));
  const counts = new Map();
  const refusing = ['files_get', 'files_upload', 'directories_create'];
  let valid = 0;
  let others = 0;
  let large = 0;
  let refused = 0;
  const failures = [];
  for await (const exchange of exchanges(files)) {
    const description = descriptions.find((one) => one.find(exchange.method, exchange.path));
    const operation = description?.find(exchange.method, exchange.path);
    if (!operation) {
      others += 1; // 404, 405, redirects, signed URLs
      continue;
    }
    const found = problems(description, operation, exchange);
    const name = `${description.name} ${operation.id}`;
    if (found === leftOut) large += 1;
    else if (found.length) failures.push(`${name} ${exchange.status} ${exchange.path}\n  ${found.join('\n  ')}\n  ${exchange.body}`);
    else valid += 1;
    const seen = counts.get(name) ?? new Set();
    counts.set(name, seen.add(exchange.status));
    const success = exchange.status < 300 && exchange.body?.startsWith('{');
    if (success && refusing.includes(operation.id) && description.find(exchange.method, exchange.path) === operation) {
      refusing.splice(refusing.indexOf(operation.id), 1);
      refused += mustRefuse(description, operation, exchange);
    }
  }
  for (const [name, statuses] of [...counts].sort()) console.log(`${name}: ${[...statuses].sort().join(' ')}`);
  console.log(`${valid} answers are as described, ${failures.length} are not; ${others} of no operation; ${large} too large; ${refused} changed ones refused`);
  for (const failure of failures.slice(0, 20)) console.error(failure);
  const all = descriptions.flatMap((one) => one.operations.map((operation) => `${one.name} ${operation.id}`));
  const missing = all.filter((name) => !counts.has(name));
  assert.deepEqual(missing, [], 'no test called these operations');
  assert.deepEqual(refusing, [], 'no good answer of these operations, to change it');
  assert.equal(failures.length, 0, 'answers that are not as described');
}

await main(process.argv.slice(2)).catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
