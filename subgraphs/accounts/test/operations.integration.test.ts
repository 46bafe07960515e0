import { decodeProtectedHeader } from 'jose';
import { eventually } from '@marquee/testkit';
import { expect, test } from 'vitest';
import { buildAccounts, SEED_PASSWORD, seedAccounts, SEEDED_ACCOUNTS } from '../src/index.ts';
import { callerOf, LOGIN, LOGOUT, REFRESH, registered, startAccounts, tokensOf } from './stack.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

test('seeding makes one account a role with a password that works, and nothing the second time', async () => {
  const stack = await startAccounts();
  await Promise.all([
    seedAccounts({ databaseUrl: stack.database.url }),
    seedAccounts({ databaseUrl: stack.database.url }),
  ]);
  await seedAccounts({ databaseUrl: stack.database.url });
  expect(await stack.client.user.count()).toBe(7);
  expect(await stack.client.outboxEvent.count()).toBe(7);
  const scopes = new Map<string, readonly string[]>();
  for (const { id, email, role } of SEEDED_ACCOUNTS) {
    const answer = await stack.ask.field(LOGIN, { input: { email, password: SEED_PASSWORD } });
    const caller = await callerOf(stack, tokensOf(answer).accessToken);
    expect(caller.userId).toBe(id);
    expect(caller.roles).toEqual(role === 'CUSTOMER' ? ['CUSTOMER'] : ['CUSTOMER', role]);
    scopes.set(role, caller.scopes);
  }
  expect(scopes.get('SUPPORT_AGENT')).toContain('users:read');
  expect(scopes.get('ADMIN')).toEqual(
    expect.arrayContaining(['audit:read', 'catalog:write', 'users:read', 'users:write']),
  );
});

test('when several processes start on an empty database, they sign with one and the same key', async () => {
  const stack = await startAccounts();
  const processes = Array.from({ length: 4 }, () => buildAccounts(stack.deps));
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
  await Promise.all(processes.map(({ subgraph }) => subgraph.stop()));
});

test('the private key cannot be read from the database, nor opened with another encryption key', async () => {
  const stack = await startAccounts();
  await registered(stack);
  const [key] = await stack.client.signingKey.findMany();
  expect(Buffer.from(key?.privateJwk ?? []).toString('latin1')).not.toContain('"d"');
  const other = buildAccounts({ ...stack.deps, encryptionKey: Buffer.alloc(32, 7) });
  const input = { email: 'other@example.com', password: 'correct horse battery', displayName: 'Other' };
  const query = 'mutation ($input: RegisterInput!) { register(input: $input) { __typename } }';
  const { errors } = await other.subgraph.execute({ query, variables: { input }, caller: { kind: 'anonymous' } });
  expect(errors).toMatchObject([{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }]);
  await other.subgraph.stop();
  expect(() => buildAccounts({ ...stack.deps, encryptionKey: Buffer.alloc(16) })).toThrow(/32 bytes/);
});

test('a key is published an hour before it signs and until the last token of the one before has ended', async () => {
  const stack = await startAccounts();
  await stack.subgraph.start();
  const kids = async () => (await stack.jwks()).keys.map(({ kid }) => kid);
  let { refreshToken } = await registered(stack);
  const signedBy = async (): Promise<string | undefined> => {
    const tokens = tokensOf(await stack.ask.field(REFRESH, { refreshToken }));
    ({ refreshToken } = tokens);
    await callerOf(stack, tokens.accessToken);
    return decodeProtectedHeader(tokens.accessToken).kid;
  };
  const [first] = await kids();
  stack.clock.advance(30 * DAY_MS - 30 * 60_000);
  ({ refreshToken } = await registered(stack));
  await rotateByRestart(stack);
  const [second] = await kids();
  expect(await kids()).toEqual([second, first]);
  expect(second).not.toBe(first);
  expect(await signedBy()).toBe(first);
  stack.clock.advance(61 * 60_000);
  expect(await signedBy()).toBe(second);
  expect(await kids()).toEqual([second, first]);
  stack.clock.advance(12 * 60_000);
  expect(await kids()).toEqual([second]);
  await rotateByRestart(stack);
  expect(await stack.client.signingKey.count()).toBe(1);
});

/** The rotation job runs when a process starts; two starting at once add one key. */
async function rotateByRestart(stack: Awaited<ReturnType<typeof startAccounts>>): Promise<void> {
  const processes = [buildAccounts(stack.deps), buildAccounts(stack.deps)];
  await Promise.all(processes.map(({ subgraph }) => subgraph.start()));
  await Promise.all(processes.map(({ subgraph }) => subgraph.stop()));
  stack.clock.advance(61_000);
}

test('an announcement that was lost is made again: by the relay, and by a process that starts', async () => {
  const stack = await startAccounts();
  const { caller } = await registered(stack);
  await stack.ask.field(LOGOUT, {}, { caller });
  const key = `${stack.namespace}:revoked-sessions`;
  await stack.redis.del(key);
  const listener = stack.redis.duplicate();
  const heard: string[] = [];
  await listener.subscribe(`${stack.namespace}:push:session-revoked`);
  listener.on('message', (_channel, text) => heard.push(String(JSON.parse(text).sessionId)));
  await stack.subgraph.start();
  await eventually(async () => expect(await stack.redis.zscore(key, caller.sessionId)).not.toBeNull());
  await eventually(() => expect(heard.length).toBeGreaterThanOrEqual(2));
  expect(new Set(heard)).toEqual(new Set([caller.sessionId]));
  listener.disconnect();
});

test('what has ended is purged, what has not is kept', async () => {
  const stack = await startAccounts();
  const [gone, alive] = [await registered(stack), await registered(stack)];
  await stack.ask.field(LOGIN, { input: { email: 'guess@example.com', password: 'wrong' } });
  const past = new Date(stack.clock.now().getTime() - 2 * DAY_MS);
  await stack.client.session.update({ where: { id: gone.caller.sessionId }, data: { expiresAt: past } });
  await stack.client.refreshToken.updateMany({
    where: { sessionId: gone.caller.sessionId },
    data: { expiresAt: past },
  });
  await stack.client.attemptWindow.updateMany({ data: { endsAt: past } });
  await stack.subgraph.start();
  await eventually(async () => {
    expect(await stack.client.session.findMany({ select: { id: true } })).toEqual([{ id: alive.caller.sessionId }]);
    expect(await stack.client.refreshToken.count()).toBe(1);
    expect(await stack.client.attemptWindow.count()).toBe(0);
  });
});
