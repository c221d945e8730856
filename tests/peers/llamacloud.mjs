// The official LlamaCloud client, unmodified, against the mock server: every method that touches files or directories.
//
//   node llamacloud.mjs FERRY_MOCK_SERVER_URL
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, beforeEach, test } from 'node:test';
import LlamaCloud, { toFile } from '@llamaindex/llama-cloud';
import { admin, bytesOf, fault, url } from './mock.mjs';

let sent = 0; // requests of alice
const counting = (...request) => {
  sent += 1;
  return fetch(...request);
};
const alice = new LlamaCloud({ apiKey: 'llx-alice', baseURL: url, maxRetries: 2, fetch: counting });
const bob = new LlamaCloud({ apiKey: 'llx-bob', baseURL: url, maxRetries: 0 });
const project = '11111111-1111-4111-8111-111111111111';
const organization = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa';
const nobody = '00000000-0000-4000-8000-000000000000';
const directories = alice.beta.directories;

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'ferry-peers-'));
after(() => fs.rmSync(scratch, { recursive: true }));

/// Uploads and returns the new file.
const upload = (name, content = 'content', more = {}) =>
  alice.files.create({ file: new File([content], name), purpose: 'user_data', ...more });
const download = async (id) => bytesOf((await alice.files.content(id)).url);
const collect = async (pages) => {
  const all = [];
  for await (const item of pages) all.push(item);
  return all;
};
/// That the call fails with this class of the client's and this status.
const fails = (promise, type, status) =>
  assert.rejects(promise, (error) => {
    assert.ok(error instanceof type, `${error} is no ${type.name}`);
    assert.equal(error.status, status);
    return true;
  });

beforeEach(() => admin('POST', 'reset'));

test('files: create, retrieve, list, query, content, delete', async () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
  const created = await upload('réport "1".pdf', bytes, { external_file_id: 'inv-42' });
  assert.equal(created.name, 'réport %221%22.pdf'); // the client's way of escaping
  assert.equal(created.project_id, project);
  assert.equal(created.file_type, 'pdf');
  assert.equal(created.purpose, 'user_data');
  assert.equal(created.external_file_id, 'inv-42');
  assert.equal(created.expires_at, null);

  assert.deepEqual(await alice.files.retrieve(created.id), created);
  const expanded = await alice.files.retrieve(created.id, { expand: ['download_url'] });
  assert.deepEqual(await bytesOf(expanded.download_url.url), bytes);

  const presigned = await alice.files.content(created.id, { expires_at_seconds: 60 });
  assert.ok(Date.parse(presigned.expires_at) > Date.now());
  assert.equal(presigned.form_fields, null);
  assert.deepEqual(await bytesOf(presigned.url), bytes);

  assert.deepEqual((await collect(alice.files.list({ external_file_id: 'inv-42' }))).map((f) => f.id), [created.id]);
  const queried = await alice.files.query({ filter: { file_name: created.name } });
  assert.deepEqual(queried.items.map((f) => f.id), [created.id]);

  assert.equal(await alice.files.delete(created.id), null);
  await fails(alice.files.retrieve(created.id), LlamaCloud.NotFoundError, 404);
});

test('files: scopes go in the query and are checked', async () => {
  const scope = { project_id: project, organization_id: organization };
  const created = await upload('a.txt', 'a', scope);
  assert.equal((await alice.files.retrieve(created.id, scope)).id, created.id);
  assert.equal((await alice.files.delete(created.id, scope)) ?? null, null);
  await fails(bob.files.list({ project_id: project }), LlamaCloud.NotFoundError, 404);
});

test('files: auto-pagination walks every page once, in the asked order', async () => {
  for (const name of ['c', 'a', 'e', 'b', 'd']) await upload(`${name}.txt`);
  const names = async (query) => (await collect(alice.files.list(query))).map((f) => f.name[0]).join('');
  assert.equal(await names({ page_size: 2, order_by: 'name' }), 'abcde');
  assert.equal(await names({ page_size: 5, order_by: 'name' }), 'abcde');
  assert.equal(await names({ page_size: 1, order_by: 'created_at' }), 'dbeac');
  assert.equal((await names({ page_size: 3 })).length, 5);

  const first = await alice.files.list({ page_size: 4, order_by: 'name' });
  assert.equal(first.items.length, 4);
  assert.ok(first.hasNextPage());
  const second = await first.getNextPage();
  assert.deepEqual(second.items.map((f) => f.name), ['e.txt']);
  assert.ok(!second.hasNextPage());
  let pages = 0;
  for await (const page of (await alice.files.list({ page_size: 2 })).iterPages()) pages += page.items.length ? 1 : 0;
  assert.equal(pages, 3);
});

test('files: filters, arrays as repeated parameters, names that need escaping', async () => {
  const odd = await upload('x y+z&é.pdf');
  const other = await upload('b.txt');
  await upload('c.txt');
  assert.deepEqual((await collect(alice.files.list({ file_name: 'x y+z&é.pdf' }))).map((f) => f.id), [odd.id]);
  const two = await collect(alice.files.list({ file_ids: [odd.id, other.id], order_by: 'name' }));
  assert.deepEqual(two.map((f) => f.id), [other.id, odd.id]);
  assert.equal((await collect(alice.files.list({ file_ids: [] }))).length, 3);
});

test('files: every kind of upload that the client takes', async () => {
  const onDisk = path.join(scratch, 'from disk.bin');
  fs.writeFileSync(onDisk, Buffer.alloc(300_000, 7));
  const source = await upload('some file.txt', 'from a response');
  const presigned = (await alice.files.content(source.id)).url;
  async function* parts() {
    yield Buffer.from('first ');
    yield Buffer.from('second');
  }
  const kinds = [
    ['File', new File(['file'], 'f.txt', { type: 'text/plain' }), 'f.txt', 'file'],
    ['read stream', fs.createReadStream(onDisk), 'from disk.bin', Buffer.alloc(300_000, 7)],
    ['Buffer', await toFile(Buffer.from([0, 13, 10, 255]), 'b.bin'), 'b.bin', Buffer.from([0, 13, 10, 255])],
    ['typed array', await toFile(new Uint8Array([1, 2]), 'u.bin'), 'u.bin', Buffer.from([1, 2])],
    ['ArrayBuffer', await toFile(new Uint8Array([3]).buffer, 'ab.bin'), 'ab.bin', Buffer.from([3])],
    ['Blob', await toFile(new Blob(['blob']), 'blob.txt'), 'blob.txt', 'blob'],
    ['iterable', await toFile(parts(), 'parts.txt'), 'parts.txt', 'first second'],
    ['nameless', await toFile(Buffer.from('x')), 'unknown_file', 'x'],
    ['boundary look-alike', new File(['\r\n--------\r\n--x--\r\n'], 'look.txt'), 'look.txt', '\r\n--------\r\n--x--\r\n'],
  ];
  for (const [kind, file, name, content] of kinds) {
    const created = await alice.files.create({ file, purpose: 'user_data' });
    assert.equal(created.name, name, kind);
    assert.deepEqual(await download(created.id), new Uint8Array(Buffer.from(content)), kind);
  }
  const response = await alice.files.create({ file: await fetch(presigned), purpose: 'parse' });
  assert.equal(Buffer.from(await download(response.id)).toString(), 'from a response');
});

test('files: what the client sends wrongly is refused with its own typed errors', async () => {
  const refused = (file) => alice.files.create({ file, purpose: 'parse' }, { maxRetries: 0 });
  await assert.rejects(refused(Buffer.from('ab')), LlamaCloud.APIError); // one text part a byte
  await assert.rejects(refused('just text'), LlamaCloud.UnprocessableEntityError);
  await fails(refused(new File([], 'empty.txt')), LlamaCloud.BadRequestError, 400);
  await fails(alice.files.retrieve('no-uuid'), LlamaCloud.UnprocessableEntityError, 422);
  await fails(alice.files.list({ page_size: 1001 }), LlamaCloud.UnprocessableEntityError, 422);
  await fails(alice.files.list({ project_id: null }), LlamaCloud.UnprocessableEntityError, 422); // sends `project_id=`
  await fails(alice.files.retrieve(nobody), LlamaCloud.NotFoundError, 404);
  await fails(alice.files.list({ page_token: 'garbage' }), LlamaCloud.BadRequestError, 400);
});

test('files: ownership and credentials', async () => {
  const mine = await upload('mine.txt');
  await fails(bob.files.retrieve(mine.id), LlamaCloud.NotFoundError, 404);
  await fails(bob.files.content(mine.id), LlamaCloud.NotFoundError, 404);
  await fails(bob.files.delete(mine.id), LlamaCloud.NotFoundError, 404);
  assert.equal((await collect(bob.files.list())).length, 0);
  const stranger = new LlamaCloud({ apiKey: 'llx-stranger', baseURL: url, maxRetries: 0 });
  await fails(stranger.files.list(), LlamaCloud.AuthenticationError, 401);
  const silent = new LlamaCloud({ apiKey: '', baseURL: url, maxRetries: 0 });
  await fails(silent.files.list(), LlamaCloud.AuthenticationError, 401);
});

test('directories: create, get, update, list, delete', async () => {
  const created = await directories.create({ name: 'box', description: 'a box', system_metadata: { a: [1] } });
  assert.match(created.id, /^dir-/);
  assert.equal(created.type, 'user');
  assert.deepEqual(created.system_metadata, { a: [1] });
  assert.deepEqual(await directories.get(created.id), created);
  const renamed = await directories.update(created.id, { name: 'chest' });
  assert.equal(renamed.name, 'chest');
  assert.equal(renamed.description, 'a box');
  const brief = await directories.create({ name: 'brief', type: 'ephemeral' });
  assert.ok(Date.parse(brief.expires_at) > Date.now());

  const names = async (query) => (await collect(directories.list(query))).map((d) => d.name).sort().join();
  assert.equal(await names({ page_size: 1 }), 'brief,chest');
  assert.equal(await names({ type: 'ephemeral' }), 'brief');
  assert.equal(await names({ types: ['user', 'index'] }), 'chest');
  assert.equal(await names({ name: 'chest' }), 'chest');
  assert.equal((await directories.delete(created.id)) ?? null, null);
  assert.equal(await names({}), 'brief');
  assert.equal(await names({ include_deleted: true }), 'brief,chest');
  await fails(directories.get(created.id), LlamaCloud.NotFoundError, 404);
  await fails(directories.create({ name: '' }), LlamaCloud.UnprocessableEntityError, 422);
});

test('directory files: add, upload, get, update, list, delete', async () => {
  const home = (await directories.create({ name: 'home' })).id;
  const away = (await directories.create({ name: 'away' })).id;
  const file = await upload('a.txt', 'a', { external_file_id: 'ext-a' });
  const added = await directories.files.add(home, { file_id: file.id, metadata: { tags: ['x', 'y'], n: 1, none: null } });
  assert.match(added.id, /^dfl-/);
  assert.equal(added.unique_id, 'ext-a');
  assert.equal(added.display_name, 'a.txt');
  assert.deepEqual(added.metadata, { tags: ['x', 'y'], n: 1, none: null });

  const metadata = JSON.stringify({ source: 'web', priority: 1 });
  const uploaded = await directories.files.upload(home, {
    upload_file: new File(['b'], 'b.txt'), unique_id: 'u-b', display_name: 'B', external_file_id: 'ext-b', metadata,
  });
  assert.deepEqual(uploaded.metadata, { source: 'web', priority: 1 });
  assert.deepEqual(await download(uploaded.file_id), new Uint8Array(Buffer.from('b')));

  const scope = { directory_id: home };
  assert.deepEqual(await directories.files.get(added.id, scope), added);
  const expanded = await directories.files.get(added.id, { ...scope, expand: ['download_url'] });
  assert.equal(Buffer.from(await bytesOf(expanded.download_url.url)).toString(), 'a');

  const names = async (query) =>
    (await collect(directories.files.list(home, query))).map((f) => f.display_name).sort().join();
  assert.equal(await names({ page_size: 1 }), 'B,a.txt');
  assert.equal(await names({ unique_id: 'u-b' }), 'B');
  assert.equal(await names({ display_name: 'a.txt' }), 'a.txt');
  assert.equal(await names({ display_name_contains: 'txt' }), 'a.txt');
  assert.equal(await names({ file_id: file.id }), 'a.txt');
  assert.equal(await names({ updated_at_on_or_after: '2100-01-01T00:00:00+02:00' }), '');
  assert.equal(await names({ updated_at_on_or_before: '2100-01-01T00:00:00Z' }), 'B,a.txt');

  const changed = await directories.files.update(added.id, { ...scope, display_name: 'A', metadata: { n: 2 } });
  assert.equal(changed.display_name, 'A');
  assert.deepEqual(changed.metadata, { n: 2 });
  const moved = await directories.files.update(added.id, { ...scope, target_directory_id: away });
  assert.equal(moved.directory_id, away);
  await fails(directories.files.get(added.id, scope), LlamaCloud.NotFoundError, 404);

  assert.equal((await directories.files.delete(uploaded.id, scope)) ?? null, null);
  assert.equal(await names({}), '');
  assert.equal(await names({ include_deleted: true }), 'B');
});

test('directory files: a unique id twice is a conflict', async () => {
  const home = (await directories.create({ name: 'home' })).id;
  const put = (name) => directories.files.upload(home, { upload_file: new File(['x'], name), unique_id: 'same' });
  await put('a.txt');
  sent = 0;
  await fails(put('b.txt'), LlamaCloud.ConflictError, 409);
  assert.equal(sent, 1, 'the client retried: x-should-retry is missing');
});

test('retries: connection, 429 and 5xx, with Retry-After in seconds and as a date', async () => {
  const list = '/api/v1/beta/files';
  const kinds = [
    { status: 429, retry_after: 0 }, { status: 503, times: 2, retry_after: 0 }, { status: 408, retry_after: 0 },
    { reset: true }, { status: 500, retry_after_date: 1 },
  ];
  for (const kind of kinds) {
    await fault({ method: 'GET', path: list, ...kind });
    assert.deepEqual((await alice.files.list()).items, [], JSON.stringify(kind));
    const { faults } = await admin('GET', 'faults');
    assert.ok(faults.every((rule) => rule.left === 0), `${JSON.stringify(kind)} did not fire`);
  }
});

test('retries: not more than asked for, and not where the service says no', async () => {
  const never = new LlamaCloud({ apiKey: 'llx-alice', baseURL: url, maxRetries: 0 });
  await fault({ path: '/api/v1/beta/files', status: 429 });
  await fails(never.files.list(), LlamaCloud.RateLimitError, 429);
  await fault({ path: '/api/v1/beta/files', status: 503, times: 3, retry_after: 0 });
  sent = 0;
  await fails(alice.files.list(), LlamaCloud.InternalServerError, 503);
  assert.equal(sent, 3); // two retries
  await fault({ path: '/api/v1/beta/files', reset: true });
  await assert.rejects(never.files.list(), LlamaCloud.APIConnectionError);
});

test('retries: an upload is sent again whole', async () => {
  await fault({ method: 'POST', path: '/api/v1/beta/files', status: 503, retry_after: 0 });
  const content = Buffer.alloc(200_000, 9);
  const created = await upload('again.bin', content);
  assert.deepEqual(await download(created.id), new Uint8Array(content));
});

test('timeouts end a call that is not answered', async () => {
  await fault({ path: '/api/v1/beta/files', stall: true });
  await assert.rejects(
    alice.files.list({}, { timeout: 200, maxRetries: 0 }), LlamaCloud.APIConnectionTimeoutError);
});
