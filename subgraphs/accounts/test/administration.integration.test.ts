import type { UserCaller } from '@marquee/subgraph';
import { userCaller } from '@marquee/testkit/harness';
import { beforeAll, expect, test } from 'vitest';

import { SessionRepository } from '../src/adapters/sessions.ts';
import { type AccountsHarness, LOGIN, openAccounts, PASSWORD, REFRESH, registered, tokensOf } from './harness.ts';

const SET_ROLES = `mutation ($userId: ID!, $roles: [Role!]!) { setRoles(userId: $userId, roles: $roles) {
  __typename ... on SetRolesPayload { user { id roles } } ... on UserError { message } } }`;
const SET_STATUS = `mutation ($userId: ID!, $status: UserStatus!, $reason: String!) {
  setUserStatus(userId: $userId, status: $status, reason: $reason) {
    __typename ... on SetUserStatusPayload { user { id status } } ... on UserError { message } } }`;
const END_SESSIONS = 'mutation ($userId: ID!) { endUserSessions(userId: $userId) { user { id } revokedSessionIds } }';
const USER = 'query ($id: ID!) { user(id: $id) { id email displayName roles status } }';
const USERS = `query ($search: String, $first: Int, $after: String) { users(search: $search, first: $first, after: $after) {
  edges { node { id email displayName roles status } } pageInfo { hasNextPage endCursor } } }`;

let harness: AccountsHarness;
let admin: UserCaller;
beforeAll(async () => {
  harness = await openAccounts();
  admin = await administrator();
});

/** Somebody with the role and its scopes. */
async function administrator(): Promise<UserCaller> {
  const { caller } = await registered(harness);
  await harness.database.user.update({ where: { id: caller.userId }, data: { roles: ['CUSTOMER', 'ADMIN'] } });
  return { ...caller, roles: ['CUSTOMER', 'ADMIN'], scopes: ['users:read', 'users:write'] };
}

const suspend = (userId: string, caller = admin, reason = 'Charged back twice') =>
  harness.field(SET_STATUS, { userId, status: 'SUSPENDED', reason }, { caller });

async function eventsOf(userId: string, type: string): Promise<unknown[]> {
  const events = await harness.database.outboxEvent.findMany({ where: { key: userId, type }, orderBy: { seq: 'asc' } });
  return events.map(({ payload }) => payload);
}

/** The actions on the account in the audit log, but for reading it. */
async function actionsOn(userId: string): Promise<unknown[]> {
  const events = (await eventsOf(userId, 'accounts.audited')) as { action: string }[];
  return events.filter(({ action }) => action !== 'personal-data.read');
}

test('a suspended account’s sessions end, it says so to whoever knows its password, and is restored', async () => {
  const { caller, email, refreshToken } = await registered(harness);
  const { userId } = caller;
  expect(await suspend(userId)).toEqual({
    __typename: 'SetUserStatusPayload',
    user: { id: userId, status: 'SUSPENDED' },
  });
  expect(await harness.field(REFRESH, { refreshToken })).toMatchObject({ __typename: 'SessionExpiredError' });
  const login = (password: string) => harness.field(LOGIN, { input: { email, password } });
  expect(await login(PASSWORD)).toMatchObject({ __typename: 'AccountSuspendedError' });
  expect(await login('a wrong password')).toMatchObject({ __typename: 'InvalidCredentialsError' });
  await harness.field(SET_STATUS, { userId, status: 'ACTIVE', reason: 'It was a mistake' }, { caller: admin });
  tokensOf(await login(PASSWORD));
  expect(await eventsOf(userId, 'account.status-changed')).toEqual([
    { userId, status: 'SUSPENDED' },
    { userId, status: 'ACTIVE' },
  ]);
  expect(await eventsOf(userId, 'account.session-revoked')).toHaveLength(1);
  const audited = { actorId: admin.userId, action: 'user.status-set', subjectType: 'User', subjectId: userId };
  expect(await actionsOn(userId)).toEqual([
    { ...audited, detail: 'ACTIVE to SUSPENDED' },
    { ...audited, detail: 'SUSPENDED to ACTIVE' },
  ]);
  const stored = await harness.database.user.findUniqueOrThrow({ where: { id: userId } });
  expect(stored.statusReason).toBe('It was a mistake');
});

test('a login that began before the suspension fails', async () => {
  const { caller, email } = await registered(harness);
  const sessionsBefore = await harness.database.session.count({ where: { userId: caller.userId } });
  const [login] = await Promise.all([
    harness.field(LOGIN, { input: { email, password: PASSWORD } }),
    suspend(caller.userId),
  ]);
  const open = await harness.database.session.count({ where: { userId: caller.userId, revokedAt: null } });
  expect(open).toBe(0);
  expect(['AuthPayload', 'AccountSuspendedError', 'InvalidCredentialsError']).toContain(login.__typename);
  expect(sessionsBefore).toBe(1);
});

test.each([
  ['taken away', SET_ROLES, { roles: [] }],
  ['of before a suspension', SET_STATUS, { status: 'SUSPENDED', reason: 'Charged back twice' }],
  ['of before the end of all sessions', END_SESSIONS, {}],
])('a sign-in that has begun opens no session with rights that are %s', async (_name, document, variables) => {
  const { userId } = (await registered(harness)).caller;
  const user = { where: { id: userId } };
  const { credentials } = await harness.database.user.update({ ...user, data: { roles: ['CUSTOMER', 'ADMIN'] } });
  await harness.field(document, { userId, ...variables }, { caller: admin });
  const sessions = new SessionRepository(harness.database);
  const at = harness.clock.now();
  const times = { createdAt: at, authenticatedAt: at, lastSeenAt: at, expiresAt: new Date('2100-01-01') };
  const open = (from: number) =>
    sessions.open({ id: `ses_late_${userId}_${from}`, userId, userAgent: null, ...times }, `hash-${userId}-${from}`, {
      ...{ credentials: from, fingerprint: null },
    });
  expect(await open(credentials)).toBeNull();
  expect(await open(credentials + 1), 'control: a sign-in that begins now').toEqual([]);
});

test('administration needs a fresh sign-in', async () => {
  const { userId } = (await registered(harness)).caller;
  const stale = { ...admin, authenticatedAt: new Date(harness.clock.now().getTime() - 16 * 60_000) };
  for (const [document, variables] of [
    [SET_ROLES, { roles: ['ANALYST'] }],
    [SET_STATUS, { status: 'SUSPENDED', reason: 'Charged back twice' }],
    [END_SESSIONS, {}],
  ] as const) {
    const { errors } = await harness.execute(document, stale, { userId, ...variables });
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN', reason: 'REAUTHENTICATION_REQUIRED' } }]);
  }
  expect(await actionsOn(userId)).toEqual([]);
});

test('roles are set with CUSTOMER always among them; taking one away ends the sessions', async () => {
  const { caller, refreshToken } = await registered(harness);
  const { userId } = caller;
  const set = (roles: string[]) => harness.field(SET_ROLES, { userId, roles }, { caller: admin });
  expect(await set(['SUPPORT_AGENT', 'ANALYST'])).toMatchObject({
    user: { roles: ['CUSTOMER', 'SUPPORT_AGENT', 'ANALYST'] },
  });
  const refreshed = tokensOf(await harness.field(REFRESH, { refreshToken }));
  await set([]);
  await set([]);
  const again = await harness.field(REFRESH, { refreshToken: refreshed.refreshToken });
  expect(again).toMatchObject({ __typename: 'SessionExpiredError' });
  expect(await actionsOn(userId)).toMatchObject([
    { action: 'user.roles-set', detail: 'CUSTOMER to CUSTOMER, SUPPORT_AGENT, ANALYST' },
    { action: 'user.roles-set', detail: 'CUSTOMER, SUPPORT_AGENT, ANALYST to CUSTOMER' },
    { action: 'user.roles-set', detail: 'CUSTOMER to CUSTOMER' },
  ]);
  expect(await eventsOf(userId, 'account.roles-changed')).toEqual([
    { userId, scopes: expect.arrayContaining(['support:write', 'risk:read']) },
    { userId, scopes: [] },
  ]);
});

test('an administrator ends somebody’s sessions', async () => {
  const { caller } = await registered(harness);
  const ended = await harness.field(END_SESSIONS, { userId: caller.userId }, { caller: admin });
  expect(ended['revokedSessionIds']).toEqual([caller.sessionId]);
  expect(await actionsOn(caller.userId)).toMatchObject([{ action: 'user.sessions-ended' }]);
  expect(await eventsOf(caller.userId, 'account.sessions-ended')).toEqual([{ userId: caller.userId }]);
});

test('support reads an account by its id, and the look is in the audit log', async () => {
  const { caller, email } = await registered(harness);
  const { userId } = caller;
  const agent = { ...(await registered(harness)).caller, scopes: ['users:read'] };
  const user = await harness.field(USER, { id: userId }, { caller: agent });
  expect(user).toMatchObject({ id: userId, email, roles: ['CUSTOMER'], status: 'ACTIVE' });
  expect(await eventsOf(userId, 'accounts.audited')).toMatchObject([
    { actorId: agent.userId, action: 'personal-data.read', subjectType: 'User', subjectId: userId },
  ]);
  expect((await harness.execute(USER, agent, { id: 'usr_unknown' })).data).toEqual({ user: null });
});

test('nobody without the scope reads an account by its id, their own neither', async () => {
  const { caller } = await registered(harness);
  const id = caller.userId;
  expect(await harness.execute(USER, caller, { id })).toMatchObject({
    data: { user: null },
    errors: [{ extensions: { code: 'FORBIDDEN' } }],
  });
  const anonymous = await harness.execute(USER, { kind: 'anonymous' }, { id });
  expect(anonymous.errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
});

/** Two administrators suspend each other at once, when there are no others. @returns how many are active afterwards */
async function duel(): Promise<{ active: number; outcomes: (string | undefined)[] }> {
  const [one, other] = [await administrator(), await administrator()];
  const others = { roles: { has: 'ADMIN' }, id: { notIn: [one.userId, other.userId] } };
  await harness.database.user.updateMany({ where: others, data: { status: 'SUSPENDED' } });
  const outcomes = await Promise.all([suspend(one.userId, other), suspend(other.userId, one)]);
  const active = await harness.database.user.count({ where: { roles: { has: 'ADMIN' }, status: 'ACTIVE' } });
  await harness.database.user.updateMany({ where: { roles: { has: 'ADMIN' } }, data: { status: 'ACTIVE' } });
  return { active, outcomes: outcomes.map(({ __typename }) => __typename).toSorted() };
}

test('of two administrators who suspend each other at once, one remains', async () => {
  expect(await duel()).toEqual({ active: 1, outcomes: ['LastAdministratorError', 'SetUserStatusPayload'] });
});

test('control: without the trigger, none remains', async () => {
  await harness.database.$executeRaw`ALTER TABLE users DISABLE TRIGGER users_have_an_administrator`;
  expect((await duel()).active).toBe(0);
  await harness.database.$executeRaw`ALTER TABLE users ENABLE TRIGGER users_have_an_administrator`;
});

test('accounts are found by name and address, a page at a time, and each that is shown is in the audit log', async () => {
  const { caller, email } = await registered(harness, { email: 'wanted_100@example.com' });
  await registered(harness, { email: 'wantedx100@example.com' });
  const support = userCaller('usr_support', ['users:read']);
  const find = async (variables: object) =>
    (await harness.field(USERS, { ...variables }, { caller: support })) as unknown as {
      edges: { node: { id: string; email: string } }[];
      pageInfo: { hasNextPage: boolean; endCursor: string };
    };
  const { edges } = await find({ search: 'WANTED_100@' });
  expect(edges.map(({ node }) => node)).toEqual([
    { id: caller.userId, email, displayName: 'Ada Lovelace', roles: ['CUSTOMER'], status: 'ACTIVE' },
  ]);
  expect(await eventsOf(caller.userId, 'accounts.audited')).toMatchObject([
    { actorId: 'usr_support', action: 'personal-data.read', detail: 'Read User by the scope users:read.' },
  ]);
  const first = await find({ search: 'lovelace', first: 1 });
  expect(first.pageInfo.hasNextPage).toBe(true);
  const next = await find({ search: 'lovelace', first: 1, after: first.pageInfo.endCursor });
  expect(next.edges[0]?.node.id).not.toBe(first.edges[0]?.node.id);
});

test('whoever lists accounts is in the audit log first, also when they ask for names alone, and not what they seek', async () => {
  const names = `query ($search: String) { users(search: $search) { edges { node { id displayName } } } }`;
  const listings = async () => (await eventsOf('users', 'accounts.audited')).slice(-1);
  const support = userCaller('usr_lister', ['users:read']);
  await harness.field(names, { search: 'lovelace' }, { caller: support });
  const listed = { actorId: 'usr_lister', action: 'users.listed', subjectType: 'User', subjectId: 'users' };
  expect(await listings()).toEqual([{ ...listed, detail: 'First page of accounts that match a search' }]);
  await harness.field(names, {}, { caller: support });
  expect(await listings()).toEqual([{ ...listed, detail: 'First page of all accounts' }]);
});

test('support does not see which providers sign somebody in; administrators do', async () => {
  const { userId } = (await registered(harness)).caller;
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on User { linkedProviders { id } } } }`;
  const of = [{ __typename: 'User', id: userId }];
  const denied = await harness.execute(query, userCaller('usr_support', ['users:read']), { of });
  expect(denied.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  const seen = await harness.execute(query, userCaller('usr_admin', ['users:write']), { of });
  expect(seen.data).toEqual({ _entities: [{ linkedProviders: [] }] });
});

test('nobody changes their own account, one that does not exist, or without the scope', async () => {
  const { caller } = await registered(harness);
  const attempt = async (document: string, variables: object, from: UserCaller) =>
    (await harness.execute(document, from, { ...variables })).errors?.[0]?.extensions?.['code'];
  const changes = [
    [SET_ROLES, { roles: [] }],
    [SET_STATUS, { status: 'SUSPENDED', reason: 'x' }],
    [END_SESSIONS, {}],
  ] as const;
  for (const [document, variables] of changes) {
    expect(await attempt(document, { ...variables, userId: admin.userId }, admin)).toBe('FORBIDDEN');
    expect(await attempt(document, { ...variables, userId: 'usr_gone' }, admin)).toBe('NOT_FOUND');
    const support = userCaller('usr_support', ['users:read']);
    expect(await attempt(document, { ...variables, userId: caller.userId }, support)).toBe('FORBIDDEN');
  }
  const noReason = { userId: caller.userId, status: 'SUSPENDED', reason: '  ' };
  expect(await attempt(SET_STATUS, noReason, admin)).toBe('BAD_USER_INPUT');
  expect(await attempt(USERS, {}, caller)).toBe('FORBIDDEN');
});
