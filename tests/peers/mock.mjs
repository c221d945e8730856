// What the peers share: the mock server's address and its control surface.
import assert from 'node:assert/strict';

export const url = process.env.FERRY_MOCK_URL;
assert.ok(url, 'FERRY_MOCK_URL is the address of a running ferry-mock-server');
/// `documented` or `observed`: what the server's --profile is.
export const profile = process.env.FERRY_MOCK_PROFILE ?? 'documented';

/// A call to /_ferry/<name>; the JSON of the answer, if there is any.
export async function admin(method, name, body) {
  const response = await fetch(`${url}/_ferry/${name}`, {
    method,
    headers: body && { "Content-Type": "application/json" },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  assert.ok(response.ok, `${method} ${name}: ${response.status} ${text}`);
  return text ? JSON.parse(text) : undefined;
}

/// The next requests that match go wrong in this way.
export const fault = (rule) => admin('POST', 'faults', rule);

/// What a signed URL yields, fetched without any credentials.
export async function bytesOf(signed) {
  const response = await fetch(signed);
  assert.equal(response.status, 200, await response.clone().text());
  return new Uint8Array(await response.arrayBuffer());
}
