// The Node client against live services, from the folder that has node_modules; INGEST and
// CORROBORATION come in the environment.
import assert from 'node:assert/strict';
import test from 'node:test';
import { pathToFileURL } from 'node:url';

const { Client, ConsilienceError } =
  await import(pathToFileURL(`${process.cwd()}/node/index.js`).href);

const { INGEST, CORROBORATION } = process.env;
const client = new Client(INGEST, { corroboration: CORROBORATION });
test.after(() => client.close());

test('lists every page and reads one', async () => {
  const claims = [];
  for await (const claim of client.claims({ filter: 'kind = CASUALTY', full: true })) {
    claims.push(claim);
  }
  assert.ok(claims.length > 5);
  assert.ok(claims.every((claim) => claim.assertions.length > 0));
  assert.equal((await client.claim(claims[0].name)).name, claims[0].name);
});

test('explains and checks', async () => {
  const [check] = await client.check('300,000 people have died in the war in Syria');
  const explanation = await client.explain(check.matches[0].claim.name);
  assert.ok(explanation.origins.length > 0);
});

test('errors carry their reason', async () => {
  await assert.rejects(client.claim('claims/missing'), (error) => {
    assert.ok(error instanceof ConsilienceError);
    assert.equal(error.code, 'NOT_FOUND');
    assert.equal(error.reason, 'RESOURCE_NOT_FOUND');
    return true;
  });
});

test('a token never leaves in the clear', () => {
  assert.throws(() => new Client('far.example.org:7401', { token: 's3cret' }), TypeError);
});

test('a watch sees what is taken in', { timeout: 30_000 }, async () => {
  let wanted = true;
  const feed = (async () => {
    for (let n = 0; wanted && n < 100; ++n) {
      await client.ingest(`At least ${300 + n} people were killed in Raqqa on Friday, a monitor said.`,
        { publicationDate: '2016-11-26' });
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  })();
  for await (const change of client.watch()) {
    assert.ok(change.resumeToken);
    break;
  }
  wanted = false;
  await feed;
});
