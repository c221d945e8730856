// Judges values by the schemas of an OpenAPI description, with a validator that knows nothing of ferry: lines `name TAB json` on standard
// input, a line `valid`, `invalid TAB why` or `unknown TAB why` for each.
//
//   node schemas.mjs DESCRIPTION
//
// Schemas of OpenAPI 3.0 are said as JSON Schema says them. A discriminator, which JSON Schema does not know, means what OpenAPI says:
// the tag names the alternative. Of formats those are judged that ferry checks.
import fs from 'node:fs';
import readline from 'node:readline';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import YAML from 'yaml';

const text = fs.readFileSync(process.argv[2], 'utf8');
const description = process.argv[2].endsWith('.json') ? JSON.parse(text) : YAML.parse(text, { maxAliasCount: -1 });
const old = description.openapi.startsWith('3.0');

const at = (reference) => reference.slice(2).split('/').reduce(
  (node, step) => node?.[decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~')], description);

/// The values of the tag that mean this alternative; none where it says so itself.
function tags(branch, { propertyName, mapping = {} }) {
  const named = Object.entries(mapping)
    .filter(([, target]) => target === branch.$ref || branch.$ref?.endsWith(`/${target}`)).map(([value]) => value);
  if (named.length > 0) return named;
  let schema = branch;
  for (let steps = 0; schema?.$ref && steps < 20; ++steps) schema = at(schema.$ref);
  const its = schema?.properties?.[propertyName];
  if (!branch.$ref || its?.const !== undefined || its?.enum) return [];
  return [branch.$ref.split('/').pop()];
}

function withTag(branch, discriminator) {
  const values = tags(branch, discriminator);
  if (values.length === 0) return said(branch);
  const name = discriminator.propertyName;
  return { allOf: [said(branch), { required: [name], properties: { [name]: { enum: values } } }] };
}

/// The schema as JSON Schema 2020-12 says it.
function said(schema) {
  if (Array.isArray(schema)) return schema.map(said);
  if (schema === null || typeof schema !== 'object') return schema;
  if (old && schema.$ref !== undefined && typeof schema.$ref === 'string')
    return schema.nullable ? { anyOf: [{ $ref: schema.$ref }, { type: 'null' }] } : { $ref: schema.$ref };
  const made = {};
  for (const [key, value] of Object.entries(schema)) {
    if (['example', 'examples', 'default', 'xml', 'externalDocs', 'discriminator', 'nullable'].includes(key)) continue;
    if (key === 'enum' || key === 'const') made[key] = value;
    else if (['properties', 'patternProperties', '$defs', 'dependentSchemas'].includes(key) && value !== null && typeof value === 'object')
      made[key] = Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, said(inner)]));
    else made[key] = said(value);
  }
  for (const [flag, bound] of [['exclusiveMinimum', 'minimum'], ['exclusiveMaximum', 'maximum']]) {
    if (typeof made[flag] !== 'boolean') continue;
    if (made[flag] && made[bound] !== undefined) {
      made[flag] = made[bound];
      delete made[bound];
    } else delete made[flag];
  }
  if (schema.discriminator?.propertyName)
    for (const word of ['oneOf', 'anyOf']) {
      if (!schema[word]) continue;
      delete made[word];
      made.anyOf = schema[word].map((branch) => withTag(branch, schema.discriminator));
    }
  if (typeof made.required === 'boolean') delete made.required;
  return schema.nullable ? { anyOf: [{ type: 'null' }, made] } : made;
}

const expression = (pattern, flags) => {
  try {
    return new RegExp(pattern, flags);
  } catch {
    return new RegExp(pattern);
  }
};
expression.code = 'new RegExp';
const ajv = new Ajv2020({ strict: false, logger: false, validateSchema: false, code: { regExp: expression } });
formats.default(ajv, ['date-time', 'date', 'uuid', 'int32', 'int64']);
for (const bits of [32, 64])
  ajv.addFormat(`uint${bits}`, { type: 'number', validate: (n) => Number.isInteger(n) && n >= 0 && n < 2 ** bits });
const schemas = Object.fromEntries(
  Object.entries(description.components?.schemas ?? {}).map(([name, schema]) => [name, said(schema)]));
// Other places of the description are referred to as well.
ajv.addSchema({ ...description, paths: said(description.paths ?? {}), components: { ...said(description.components ?? {}), schemas } }, 'it');

const known = new Map();
function validator(name) {
  if (!known.has(name)) {
    let made;
    try {
      made = ajv.getSchema(`it#/components/schemas/${encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))}`);
    } catch (error) {
      made = String(error.message);
    }
    known.set(name, made ?? 'there is no such schema');
  }
  return known.get(name);
}

for await (const line of readline.createInterface({ input: process.stdin })) {
  const tab = line.indexOf('\t');
  const validate = validator(line.slice(0, tab));
  if (typeof validate === 'string') {
    console.log(`unknown\t${validate.replaceAll('\n', ' ')}`);
    continue;
  }
  const good = validate(JSON.parse(line.slice(tab + 1)));
  const [first] = validate.errors ?? [];
  console.log(good ? 'valid' : `invalid\t${first.instancePath || '/'} ${first.message} (${first.schemaPath})`.replaceAll('\n', ' '));
}
