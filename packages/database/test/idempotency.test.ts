import { expect, test } from 'vitest';
import type { PrismaClient } from '../generated/client.ts';
import { idempotent, insertIdempotencyKey, purgeIdempotencyKeys } from '../src/index.ts';
import { migratedClient } from './scratch.ts';

const KEY = '0192f1d0-7c1e-7a31-9d7e-000000000001';

interface Attempt {
  body?: unknown;
  caller?: string;
  operation?: string;
  key?: string;
  /** Runs after the look-up has found nothing, before the resource is created. */
  beforeCreate?: () => Promise<void>;
}

/** Creates a place in one transaction with its key; the id shows which attempt created it. */
function openPlace(client: PrismaClient, id: string, attempt: Attempt = {}): Promise<string> {
  const { body = { name: 'Odeon' }, caller = 'usr_a', operation = 'openPlace', key = KEY, beforeCreate } = attempt;
  return idempotent(
    { client, caller, operation, key, body },
    async (row) => {
      await beforeCreate?.();
      await client.$transaction(async (tx) => {
        await tx.place.create({ data: { id, name: id, capacity: 1 } });
        await insertIdempotencyKey(tx, row, id);
      });
      return `made ${id}`;
    },
    async (resourceId) => `replayed ${resourceId}`,
  );
}

test('a repeated call gets the resource of the first, and creates nothing', async () => {
  const { client } = await migratedClient();
  expect(await openPlace(client, 'first')).toBe('made first');
  expect(await openPlace(client, 'second')).toBe('replayed first');
  expect(await openPlace(client, 'third', { key: KEY.toUpperCase() })).toBe('replayed first');
  expect(await client.place.count()).toBe(1);
});

test('a key reused with other values is rejected; the order of fields does not matter', async () => {
  const { client } = await migratedClient();
  const body = { a: 1, nested: { x: [1, 2], y: undefined }, at: new Date(0) };
  await openPlace(client, 'first', { body });
  expect(await openPlace(client, 'second', { body: { at: new Date(0), nested: { x: [1, 2] }, a: 1 } })).toBe(
    'replayed first',
  );
  for (const other of [
    { ...body, a: 2 },
    { ...body, nested: { x: [2, 1] } },
    { ...body, at: new Date(1) },
  ]) {
    await expect(openPlace(client, 'third', { body: other })).rejects.toMatchObject({
      extensions: { code: 'IDEMPOTENCY_KEY_REUSED' },
    });
  }
  expect(await client.place.count()).toBe(1);
});

test('a key is unique to its caller and operation', async () => {
  const { client } = await migratedClient();
  await openPlace(client, 'first');
  expect(await openPlace(client, 'second', { caller: 'usr_b' })).toBe('made second');
  expect(await openPlace(client, 'third', { operation: 'closePlace' })).toBe('made third');
});

test('a key that is not a UUID is rejected', async () => {
  const { client } = await migratedClient();
  const refusal = openPlace(client, 'first', { key: 'again' });
  await expect(refusal).rejects.toMatchObject({
    extensions: { code: 'BAD_USER_INPUT', field: 'input.idempotencyKey' },
  });
});

test('of two concurrent calls one creates the resource, and both get it', async () => {
  const { client } = await migratedClient();
  const answers = await raceToCreate(client);
  expect(answers.toSorted()).toEqual([expect.stringMatching(/^made/), expect.stringMatching(/^replayed/)]);
  expect(await client.place.count()).toBe(1);
});

test('control: without the primary key the same race creates two', async () => {
  const { client } = await migratedClient();
  await client.$executeRaw`ALTER TABLE idempotency_keys DROP CONSTRAINT idempotency_keys_pkey`;
  const answers = await raceToCreate(client);
  expect(answers).toEqual(['made left', 'made right']);
  expect(await client.place.count()).toBe(2);
});

test('a call that loses a race before the winner is visible gets IDEMPOTENCY_IN_PROGRESS', async () => {
  const { client } = await migratedClient();
  await openPlace(client, 'first');
  const blind: Pick<PrismaClient, '$queryRaw' | '$executeRaw'> = Object.create(client, {
    $queryRaw: { value: () => Promise.resolve([]) },
  });
  const request = { client: blind, caller: 'usr_a', operation: 'openPlace', key: KEY, body: { name: 'Odeon' } };
  const lost = idempotent(
    request,
    (row) => insertIdempotencyKey(client, row, 'second'),
    () => Promise.resolve(),
  );
  await expect(lost).rejects.toMatchObject({ extensions: { code: 'IDEMPOTENCY_IN_PROGRESS' } });
});

test('a call that fails because of a concurrent one with its key gets that one’s resource', async () => {
  const { client } = await migratedClient();
  const beforeCreate = async (): Promise<void> => {
    await openPlace(client, 'twin');
    throw new Error('There is a place already.');
  };
  expect(await openPlace(client, 'late', { beforeCreate })).toBe('replayed twin');
});

test('when creating fails, the caller gets the error and may use the key again', async () => {
  const { client } = await migratedClient();
  const failing = { beforeCreate: () => Promise.reject(new Error('no room')) };
  await expect(openPlace(client, 'first', failing)).rejects.toThrow('no room');
  expect(await openPlace(client, 'second')).toBe('made second');
});

test('a purge deletes old keys only', async () => {
  const { client } = await migratedClient();
  await openPlace(client, 'first');
  expect(await purgeIdempotencyKeys(client, new Date(Date.now() - 60_000))).toBe(0);
  expect(await purgeIdempotencyKeys(client, new Date(Date.now() + 60_000))).toBe(1);
  expect(await openPlace(client, 'second')).toBe('made second');
});

/** Runs two calls that both look the key up before either creates anything. */
function raceToCreate(client: PrismaClient): Promise<string[]> {
  let letBothGo = (): void => {};
  const bothLooked = new Promise<void>((resolve) => (letBothGo = resolve));
  let looked = 0;
  const beforeCreate = (): Promise<void> => {
    looked += 1;
    if (looked === 2) letBothGo();
    return bothLooked;
  };
  return Promise.all(['left', 'right'].map((id) => openPlace(client, id, { beforeCreate })));
}
