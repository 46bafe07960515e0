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
  /** Awaited once the look-up has found nothing, before anything is made. */
  beforeMaking?: () => Promise<void>;
}

/** Opens a place in one transaction with its key; the id tells which attempt made it. */
function openPlace(client: PrismaClient, id: string, attempt: Attempt = {}): Promise<string> {
  const { body = { name: 'Odeon' }, caller = 'usr_a', operation = 'openPlace', key = KEY, beforeMaking } = attempt;
  return idempotent(
    { client, caller, operation, key, body },
    async (row) => {
      await beforeMaking?.();
      await client.$transaction(async (tx) => {
        await tx.place.create({ data: { id, name: id, capacity: 1 } });
        await insertIdempotencyKey(tx, row, id);
      });
      return `made ${id}`;
    },
    async (resourceId) => `replayed ${resourceId}`,
  );
}

test('a repetition gets what the first call made, and makes nothing', async () => {
  const { client } = await migratedClient();
  expect(await openPlace(client, 'first')).toBe('made first');
  expect(await openPlace(client, 'second')).toBe('replayed first');
  expect(await openPlace(client, 'third', { key: KEY.toUpperCase() })).toBe('replayed first');
  expect(await client.place.count()).toBe(1);
});

test('the order of fields does not make another request, their values do', async () => {
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

test('keys of other callers and other operations are other keys', async () => {
  const { client } = await migratedClient();
  await openPlace(client, 'first');
  expect(await openPlace(client, 'second', { caller: 'usr_b' })).toBe('made second');
  expect(await openPlace(client, 'third', { operation: 'closePlace' })).toBe('made third');
});

test('a key that is not a UUID is refused before anything happens', async () => {
  const { client } = await migratedClient();
  const refusal = openPlace(client, 'first', { key: 'again' });
  await expect(refusal).rejects.toMatchObject({
    extensions: { code: 'BAD_USER_INPUT', field: 'input.idempotencyKey' },
  });
});

test('of two calls at once one makes, and both get what it made', async () => {
  const { client } = await migratedClient();
  const answers = await raceToMake(client);
  expect(answers.toSorted()).toEqual([expect.stringMatching(/^made/), expect.stringMatching(/^replayed/)]);
  expect(await client.place.count()).toBe(1);
});

test('control: without the unique key the same race makes twice', async () => {
  const { client } = await migratedClient();
  await client.$executeRaw`ALTER TABLE idempotency_keys DROP CONSTRAINT idempotency_keys_pkey`;
  const answers = await raceToMake(client);
  expect(answers).toEqual(['made left', 'made right']);
  expect(await client.place.count()).toBe(2);
});

test('when the key of a lost race cannot be found, the request is in progress', async () => {
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

test('a call that fails on what its twin changed gets what the twin made', async () => {
  const { client } = await migratedClient();
  const beforeMaking = async (): Promise<void> => {
    await openPlace(client, 'twin');
    throw new Error('There is a place already.');
  };
  expect(await openPlace(client, 'late', { beforeMaking })).toBe('replayed twin');
});

test('a failure of making is the caller’s, and the key stays free', async () => {
  const { client } = await migratedClient();
  const failing = { beforeMaking: () => Promise.reject(new Error('no room')) };
  await expect(openPlace(client, 'first', failing)).rejects.toThrow('no room');
  expect(await openPlace(client, 'second')).toBe('made second');
});

test('old keys are forgotten, younger ones kept', async () => {
  const { client } = await migratedClient();
  await openPlace(client, 'first');
  expect(await purgeIdempotencyKeys(client, new Date(Date.now() - 60_000))).toBe(0);
  expect(await purgeIdempotencyKeys(client, new Date(Date.now() + 60_000))).toBe(1);
  expect(await openPlace(client, 'second')).toBe('made second');
});

/** Holds both calls until both have looked the key up and found nothing. */
function raceToMake(client: PrismaClient): Promise<string[]> {
  let letBothGo = (): void => {};
  const bothLooked = new Promise<void>((resolve) => (letBothGo = resolve));
  let looked = 0;
  const beforeMaking = (): Promise<void> => {
    looked += 1;
    if (looked === 2) letBothGo();
    return bothLooked;
  };
  return Promise.all(['left', 'right'].map((id) => openPlace(client, id, { beforeMaking })));
}
