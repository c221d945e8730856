// The official Langflow client, unmodified, against the mock server: its three file calls, and running a flow with what they stored.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { LangflowClient } from '@datastax/langflow-client';
import { LangflowError, LangflowRequestError } from '@datastax/langflow-client/errors';
import { admin, fault, profile, url } from './mock.mjs';

const flow = 'a1a1a1a1-a1a1-4a1a-8a1a-a1a1a1a1a1a1';
const user = 'a0a0a0a0-a0a0-4a0a-8a0a-a0a0a0a0a0a0';
const foreign = 'b2b2b2b2-b2b2-4b2b-8b2b-b2b2b2b2b2b2';
const alice = new LangflowClient({ baseUrl: url, apiKey: 'sk-alice' });
const bob = new LangflowClient({ baseUrl: url, apiKey: 'sk-bob' });

const bytesOf = async (path) => {
  const response = await fetch(`${url}${path}`, { headers: { 'x-api-key': 'sk-alice' } });
  assert.equal(response.status, 200);
  return new Uint8Array(await response.arrayBuffer());
};
/// That the call fails with the client's own error and this answer of the server.
async function refused(promise, status, detail) {
  const error = await promise.then(() => assert.fail('there is no error'), (caught) => caught);
  assert.ok(error instanceof LangflowError, String(error));
  assert.equal(error.cause.status, status);
  assert.ok(error.message.startsWith(`${status} - `), error.message);
  const { detail: told } = await error.cause.json();
  if (detail) assert.equal(told, detail);
  else assert.ok(Array.isArray(told));
}

beforeEach(() => admin('POST', 'reset'));

test('files.upload and files.list', async () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
  const uploaded = await alice.files.upload(new File([bytes], 'réport 1.pdf'));
  assert.equal(uploaded.name, 'réport 1');
  assert.equal(uploaded.size, 256);
  assert.equal(uploaded.path, profile === 'observed' ? `${user}/réport 1.pdf` : `${user}/${uploaded.id}.pdf`);
  assert.deepEqual(await bytesOf(`/api/v2/files/${uploaded.id}`), bytes);

  const again = await alice.files.upload(new File(['x'], 'réport 1.pdf'));
  assert.equal(again.name, 'réport 1 (1)');
  const blob = await alice.files.upload(new Blob(['blob']));
  assert.equal(blob.name, 'blob');
  const empty = await alice.files.upload(new File([], 'empty'));
  assert.equal(empty.size, 0);

  const listed = await alice.files.list();
  assert.deepEqual(new Set(listed.map((f) => f.id)), new Set([uploaded, again, blob, empty].map((f) => f.id)));
  for (const file of profile === 'observed' ? listed : []) {
    assert.ok(file.created_at instanceof Date && !Number.isNaN(file.created_at.getTime()));
    assert.equal(file.user_id, user);
  }
  assert.deepEqual(await bob.files.list(), []);
});

test('flow.uploadFile', async () => {
  const bytes = Buffer.from('\x89PNG\r\n\x1a\n\0', 'latin1');
  const stored = await alice.flow(flow).uploadFile(new File([bytes], 'chart.png'));
  assert.equal(stored.flowId, flow);
  assert.match(stored.filePath, new RegExp(`^${flow}/\\d{4}-\\d\\d-\\d\\d_\\d\\d-\\d\\d-\\d\\d_chart.png$`));
  assert.deepEqual(await bytesOf(`/api/v1/files/download/${stored.filePath}`), new Uint8Array(bytes));
  assert.deepEqual(await bytesOf(`/api/v1/files/images/${stored.filePath}`), new Uint8Array(bytes));
});

test('flow.run with an uploaded file in the tweaks', async () => {
  const uploaded = await alice.files.upload(new File(['what the flow reads'], 'notes.txt'));
  const answer = await alice.flow(flow).tweak('Read-File-1olS3', { path: [uploaded.path] }).run('hello');
  assert.equal(answer.sessionId, flow);
  assert.match(answer.chatOutputText(), /hello/);
  assert.match(JSON.stringify(answer.outputs), new RegExp(uploaded.path));
});

test('refusals are LangflowError with the answer as cause', async () => {
  const stranger = new LangflowClient({ baseUrl: url, apiKey: 'sk-stranger' });
  await refused(stranger.files.list(), 403, 'Invalid API key');
  await refused(new LangflowClient({ baseUrl: url }).files.list(), 403, 'No authentication credentials provided');
  await refused(alice.flow(foreign).uploadFile(new File(['x'], 'x.txt')), 404, 'Flow not found');
  await refused(alice.flow('nowhere').uploadFile(new File(['x'], 'x.txt')), 422);
  await refused(alice.files.upload(new File(['x'], 'CON.txt')), 400, "Invalid file name. 'CON' is a reserved system name.");
  await refused(alice.flow('nowhere').run('hello'), 404, 'Flow identifier nowhere not found');
});

test('faults are LangflowError or LangflowRequestError; the client does not retry', async () => {
  await fault({ path: '/api/v2/files', status: 503 });
  await assert.rejects(alice.files.list(), (error) => error instanceof LangflowError && error.cause.status === 503);
  assert.deepEqual(await alice.files.list(), []);
  for (const broken of [{ garbage: true }, { truncate_after: 1 }]) {
    await fault({ path: '/api/v2/files', ...broken });
    await assert.rejects(alice.files.list(), LangflowRequestError, JSON.stringify(broken));
  }
  await fault({ path: '/api/v2/files', stall: true });
  await assert.rejects(alice.files.list({ signal: AbortSignal.timeout(200) }), { name: 'TimeoutError' });
});
