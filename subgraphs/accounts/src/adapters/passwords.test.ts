import { hash } from '@node-rs/argon2';
import { processRegistry } from '@marquee/telemetry';
import { stat } from 'node:fs/promises';
import { expect, test, vi } from 'vitest';

import { Argon2Passwords } from './passwords.ts';

const passwords = new Argon2Passwords({ concurrency: 1 });
const NETWORK = '192.0.2.1';
const matches = (typed: string, stored: string | null) => passwords.matches(typed, stored, NETWORK);

test('a password matches its own hash only, and never an absent one', async () => {
  const stored = await passwords.hash('correct horse battery', NETWORK);
  expect(await matches('correct horse battery', stored)).toBe(true);
  expect(await matches('correct horse batterz', stored)).toBe(false);
  expect(await matches('correct horse battery', null)).toBe(false);
});

test('a password matches however the keyboard composes its letters', async () => {
  const stored = await passwords.hash('Zu\u0308rich ist schön', NETWORK);
  expect(await matches('Zürich ist scho\u0308n', stored)).toBe(true);
});

test('a password that is too long never matches and is not normalized', async () => {
  const [stored, ofNothing] = [
    await passwords.hash('correct horse battery', NETWORK),
    await passwords.hash('', NETWORK),
  ];
  const normalize = vi.spyOn(String.prototype, 'normalize');
  expect(await matches('\ufdfa'.repeat(1_001), stored)).toBe(false);
  expect(await matches('\ufdfa'.repeat(1_001), ofNothing)).toBe(false);
  expect(normalize).not.toHaveBeenCalled();
  normalize.mockRestore();
});

test('a network that floods the queue is refused, another one is served, and both show in metrics', async () => {
  const metrics = processRegistry();
  const flooded = new Argon2Passwords({ concurrency: 1, metrics });
  const attempts = Array.from({ length: 36 }, () => flooded.matches('a guess', null, NETWORK));
  const refused = Promise.all(attempts.slice(33).map((attempt) => expect(attempt).rejects.toThrow('Too many people')));
  const owner = flooded.hash('correct horse battery', '198.51.100.7');
  expect(await metrics.getSingleMetricAsString('marquee_password_hashes_waiting')).toMatch(/ 33$/m);
  await refused;
  expect(await metrics.getSingleMetricAsString('marquee_password_hashes_refused_total')).toMatch(/ 3$/m);
  expect(await owner).toMatch(/^\$argon2id\$/);
  await flooded.drain();
  expect(await Promise.all(attempts.slice(0, 33))).not.toContain(true);
});

/** How many of these had ended when libuv's pool next answered another question. */
async function endedBeforePoolAnswered(hashes: readonly Promise<unknown>[]): Promise<number> {
  let ended = 0;
  for (const each of hashes) void each.then(() => (ended += 1));
  await stat(import.meta.dirname);
  const before = ended;
  await Promise.all(hashes);
  return before;
}

test('hashing leaves threads of the pool to other work', async () => {
  const bounded = new Argon2Passwords({ concurrency: 2 });
  const hashes = Array.from({ length: 16 }, () => bounded.hash('correct horse battery', NETWORK));
  expect(await endedBeforePoolAnswered(hashes)).toBeLessThan(8);
});

test('control: without the bound other work waits until most hashes have ended', async () => {
  const hashes = Array.from({ length: 16 }, () => hash('correct horse battery'));
  expect(await endedBeforePoolAnswered(hashes)).toBeGreaterThan(8);
});
