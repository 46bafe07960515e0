import { decodeProtectedHeader } from 'jose';
import { ANONYMOUS } from '@marquee/subgraph';
import { eventually } from '@marquee/testkit';
import { expect, test } from 'vitest';

import { AUDIENCE, SEED_PASSWORD, SEEDED_ACCOUNTS, STAFF } from '../src/seed.ts';
import { subgraph } from '../src/subgraph.ts';
import {
  type AccountsHarness,
  callerOf,
  LOGIN,
  LOGOUT,
  openAccounts,
  openAnother,
  REFRESH,
  REGISTER,
  registered,
  tokensOf,
} from './harness.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

test('seeding creates one working account per role, and nothing when repeated', async () => {
  const harness = await openAccounts();
  const seed = () => subgraph.seed?.(harness);
  await Promise.all([seed(), seed()]);
  expect(await seed()).toEqual([
    'Accounts, each with the password marquee-demo-1:',
    '  customer@marquee.test       CUSTOMER',
    '  customer2@marquee.test      CUSTOMER',
    '  partner@marquee.test        PARTNER, OWNER of Harbour Lane Pictures',
    '  advertiser@marquee.test     ADVERTISER, OWNER of Northlight Distribution',
    ...Array.from({ length: 2 }, () => expect.stringMatching(/^  [a-z0-9]+@marquee\.test +[A-Z_]+$/)),
    '  admin@marquee.test          ADMIN, OWNER of Old Town Stages',
    ...STAFF.map(({ member }) => expect.stringContaining(`${member} of Harbour Lane Pictures`)),
  ]);
  expect(await harness.database.user.count()).toBe(7 + STAFF.length + AUDIENCE.length);
  // Of each of three organisations: that it has a member, and its entry of the audit log.
  expect(await harness.database.outboxEvent.count()).toBe(7 + STAFF.length + AUDIENCE.length + 6);
  const scopes = new Map<string, readonly string[]>();
  for (const { id, email, role } of SEEDED_ACCOUNTS) {
    const answer = await harness.field(LOGIN, { input: { email, password: SEED_PASSWORD } });
    const caller = await callerOf(harness, tokensOf(answer).accessToken);
    expect(caller).toMatchObject({ userId: id, emailVerified: true });
    expect(caller.roles).toEqual(role === 'CUSTOMER' ? ['CUSTOMER'] : ['CUSTOMER', role]);
    scopes.set(role, caller.scopes);
  }
  expect(scopes.get('SUPPORT_AGENT')).toContain('users:read');
  expect(scopes.get('ADMIN')).toEqual(
    expect.arrayContaining(['audit:read', 'catalog:write', 'users:read', 'users:write']),
  );
});

test('processes that start on an empty database sign with the same key', async () => {
  const harness = await openAccounts();
  const processes = await Promise.all(Array.from({ length: 4 }, () => openAnother(harness)));
  const sets = await Promise.all(processes.map(({ jwks }) => jwks()));
  expect(sets[0]?.keys).toHaveLength(1);
  expect(new Set(sets.map((set) => JSON.stringify(set))).size).toBe(1);
  expect(sets[0]?.keys[0]).toEqual({
    kty: 'OKP',
    crv: 'Ed25519',
    alg: 'EdDSA',
    use: 'sig',
    kid: expect.any(String),
    x: expect.any(String),
  });
});

test('the private key is encrypted in the database and does not open with another encryption key', async () => {
  const harness = await openAccounts();
  await registered(harness);
  const [key] = await harness.database.signingKey.findMany();
  expect(Buffer.from(key?.privateJwk ?? []).toString('latin1')).not.toContain('"d"');
  const withKey = (bytes: Buffer) => openAnother(harness, { settings: { encryptionKey: bytes.toString('base64url') } });
  const other = await withKey(Buffer.alloc(32, 7));
  const input = { email: 'other@example.com', password: 'correct horse battery', displayName: 'Other' };
  const { errors } = await other.execute(REGISTER, ANONYMOUS, { input });
  expect(errors).toMatchObject([{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }]);
  await expect(withKey(Buffer.alloc(16))).rejects.toThrow(/ACCOUNTS_ENCRYPTION_KEY to 32 bytes/);
});

test('a key is published an hour before it signs and until its last token has expired', async () => {
  const harness = await openAccounts();
  await harness.subgraph.start();
  const kids = async () => (await harness.jwks()).keys.map(({ kid }) => kid);
  let { refreshToken } = await registered(harness);
  const signedBy = async (): Promise<string | undefined> => {
    const tokens = tokensOf(await harness.field(REFRESH, { refreshToken }));
    ({ refreshToken } = tokens);
    await callerOf(harness, tokens.accessToken);
    return decodeProtectedHeader(tokens.accessToken).kid;
  };
  const [first] = await kids();
  harness.clock.advance(30 * DAY_MS - 30 * 60_000);
  ({ refreshToken } = await registered(harness));
  await rotateByRestart(harness);
  const [second] = await kids();
  expect(await kids()).toEqual([second, first]);
  expect(second).not.toBe(first);
  expect(await signedBy()).toBe(first);
  harness.clock.advance(61 * 60_000);
  expect(await signedBy()).toBe(second);
  expect(await kids()).toEqual([second, first]);
  harness.clock.advance(12 * 60_000);
  expect(await kids()).toEqual([second]);
  await rotateByRestart(harness);
  expect(await harness.database.signingKey.count()).toBe(1);
});

/** Runs the rotation job, which runs when a process starts. Two that start at once add one key. */
async function rotateByRestart(harness: AccountsHarness): Promise<void> {
  const processes = await Promise.all([openAnother(harness), openAnother(harness)]);
  await Promise.all(processes.map((process) => process.subgraph.start()));
  await Promise.all(processes.map((process) => process.subgraph.stop()));
  harness.clock.advance(61_000);
}

test('a lost announcement is repeated by the relay and by a starting process', async () => {
  const harness = await openAccounts();
  const { caller } = await registered(harness);
  await harness.field(LOGOUT, {}, { caller });
  const key = `${harness.namespace}:revoked-sessions`;
  await harness.redis.del(key);
  const listener = harness.redis.duplicate();
  const heard: string[] = [];
  await listener.subscribe(`${harness.namespace}:push:session-revoked`);
  listener.on('message', (_channel, text) => heard.push(String(JSON.parse(text).sessionId)));
  await harness.subgraph.start();
  await eventually(async () => expect(await harness.redis.zscore(key, caller.sessionId)).not.toBeNull());
  await eventually(() => expect(heard.length).toBeGreaterThanOrEqual(2));
  expect(new Set(heard)).toEqual(new Set([caller.sessionId]));
  listener.disconnect();
});

test('expired rows are deleted, others are kept', async () => {
  const harness = await openAccounts();
  const [gone, alive] = [await registered(harness), await registered(harness)];
  await harness.field(LOGIN, { input: { email: 'guess@example.com', password: 'wrong' } });
  const past = new Date(harness.clock.now().getTime() - 2 * DAY_MS);
  await harness.database.session.update({ where: { id: gone.caller.sessionId }, data: { expiresAt: past } });
  await harness.database.refreshToken.updateMany({
    where: { sessionId: gone.caller.sessionId },
    data: { expiresAt: past },
  });
  await harness.database.attemptWindow.updateMany({ data: { endsAt: past } });
  await harness.subgraph.start();
  await eventually(async () => {
    expect(await harness.database.session.findMany({ select: { id: true } })).toEqual([{ id: alive.caller.sessionId }]);
    expect(await harness.database.refreshToken.count()).toBe(1);
    expect(await harness.database.attemptWindow.count()).toBe(0);
  });
});
