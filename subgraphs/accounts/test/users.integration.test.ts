import { ANONYMOUS, type Caller } from '@marquee/subgraph';
import { beforeAll, expect, test } from 'vitest';

import {
  CONFIRM_TOTP,
  LOGOUT,
  registered,
  REVOKE,
  type AccountsHarness,
  START_TOTP,
  openAccounts,
  USERS,
  VIEWER,
} from './harness.ts';

let harness: AccountsHarness;
beforeAll(async () => {
  harness = await openAccounts();
});

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

const references = (...ids: string[]) => ({ representations: ids.map((id) => ({ __typename: 'User', id })) });

test('a user reads all of their own data in two statements', async () => {
  const { caller, email } = await registered(harness, { device: { address: null, userAgent: 'Safari' } });
  let viewer: unknown;
  const sent = await harness.statements.during(async () => {
    viewer = await harness.field(VIEWER, {}, { caller });
  });
  expect(viewer).toEqual({
    id: caller.userId,
    email,
    displayName: 'Ada Lovelace',
    locale: null,
    roles: ['CUSTOMER'],
    createdAt: expect.stringMatching(INSTANT),
    sessions: [
      {
        id: caller.sessionId,
        userAgent: 'Safari',
        createdAt: expect.stringMatching(INSTANT),
        lastSeenAt: expect.stringMatching(INSTANT),
        current: true,
      },
    ],
  });
  expect(sent).toHaveLength(2);
});

test('each user’s 50 last seen sessions are listed', async () => {
  const [many, few] = [await registered(harness), await registered(harness)];
  const at = (minutes: number) => new Date(harness.clock.now().getTime() + minutes * 60_000);
  await harness.database.session.createMany({
    data: Array.from({ length: 70 }, (_, position) => ({
      ...{ id: `ses_many_${position}`, userId: many.caller.userId, createdAt: at(0) },
      ...{ authenticatedAt: at(0), lastSeenAt: at(position + 1), expiresAt: at(1_000) },
    })),
  });
  const support: Caller = { ...few.caller, scopes: ['users:read', 'users:write'] };
  const { data } = await harness.execute(USERS, support, references(many.caller.userId, few.caller.userId));
  const [ofMany, ofFew] = (data as { _entities: { sessions: { id: string }[] }[] })._entities;
  expect(ofMany?.sessions).toHaveLength(50);
  expect(ofMany?.sessions[0]?.id).toBe('ses_many_69');
  expect(ofFew?.sessions).toEqual([{ id: few.caller.sessionId }]);
});

test('another user reads the id and the name and no other field', async () => {
  const [person, other] = [await registered(harness), await registered(harness)];
  const { data, errors } = await harness.execute(USERS, other.caller, references(person.caller.userId));
  expect(data).toEqual({
    _entities: [
      {
        id: person.caller.userId,
        displayName: 'Ada Lovelace',
        email: null,
        locale: null,
        roles: null,
        createdAt: null,
        sessions: null,
      },
    ],
  });
  expect(errors?.map(({ path, extensions }) => [path?.at(-1), extensions?.['code']]).toSorted()).toEqual(
    ['createdAt', 'email', 'locale', 'roles', 'sessions'].map((field) => [field, 'FORBIDDEN']),
  );
});

test('an impossible id resolves to null and does not fail the others', async () => {
  const { caller } = await registered(harness);
  const { data, errors } = await harness.execute(USERS, caller, references(caller.userId, 'usr_\0', 'usr_\ud800'));
  expect(errors).toBeUndefined();
  expect(data).toMatchObject({ _entities: [{ displayName: 'Ada Lovelace' }, null, null] });
});

test('an anonymous caller reads the name', async () => {
  const { caller } = await registered(harness);
  const { data, errors } = await harness.execute(USERS, ANONYMOUS, references(caller.userId));
  expect(data).toMatchObject({ _entities: [{ displayName: 'Ada Lovelace', email: null }] });
  expect(errors?.every(({ extensions }) => extensions?.['code'] === 'UNAUTHENTICATED')).toBe(true);
});

test('support reads another user’s data, and how they sign in administrators alone', async () => {
  const { caller, email } = await registered(harness);
  const agent: Caller = {
    ...caller,
    userId: 'usr_agent',
    sessionId: 'ses_agent',
    scopes: ['users:read', 'users:write'],
  };
  const { data, errors } = await harness.execute(USERS, agent, references(caller.userId));
  expect(errors).toBeUndefined();
  expect(data).toMatchObject({ _entities: [{ email, roles: ['CUSTOMER'], sessions: [{ id: caller.sessionId }] }] });
  const support = await harness.execute(USERS, { ...agent, scopes: ['users:read'] }, references(caller.userId));
  expect(support.data).toMatchObject({ _entities: [{ email, sessions: null }] });
});

test('fifty users are read in one statement, and unknown ones are null', async () => {
  await harness.database.user.createMany({
    data: Array.from({ length: 50 }, (_, index) => ({
      id: `usr_fifty_${index}`,
      email: `fifty${index}@example.com`,
      displayName: `Person ${index}`,
      roles: ['CUSTOMER'],
      passwordHash: 'none',
    })),
  });
  const ids = [...Array.from({ length: 50 }, (_, index) => `usr_fifty_${index}`), 'usr_nobody'];
  const query = `query ($representations: [_Any!]!) {
    _entities(representations: $representations) { ... on User { id displayName } } }`;
  let data: unknown;
  const sent = await harness.statements.during(async () => {
    ({ data } = await harness.execute(query, ANONYMOUS, references(...ids)));
  });
  expect(sent).toHaveLength(1);
  const entities = (data as { _entities: ({ displayName: string } | null)[] })._entities;
  expect(entities.map((entity) => entity?.displayName)).toEqual([
    ...Array.from({ length: 50 }, (_, index) => `Person ${index}`),
    undefined,
  ]);
});

test('booking alone asks who people are, and whose name contains a text whatever its case and accents', async () => {
  const passwordHash = 'none';
  await harness.database.user.createMany({
    data: [
      { id: 'usr_zoe', email: 'zoe@example.com', displayName: 'Zoë Ångström', roles: ['CUSTOMER'], passwordHash },
      { id: 'usr_max', email: 'max@example.com', displayName: 'Max', roles: ['CUSTOMER'], passwordHash },
    ],
  });
  const query = `query ($named: String) {
    people(ids: ["usr_zoe", "usr_max", "usr_nobody"], named: $named) { id displayName } }`;
  const booking: Caller = { kind: 'service', name: 'booking' };
  const zoe = { id: 'usr_zoe', displayName: 'Zoë Ångström' };
  const all = await harness.execute(query, booking);
  expect(all.data?.['people']).toHaveLength(2);
  for (const named of ['ZOE', 'angs', 'Zoë']) {
    expect((await harness.execute(query, booking, { named })).data).toEqual({ people: [zoe] });
  }
  const { caller } = await registered(harness);
  for (const other of [caller, ANONYMOUS, { kind: 'service', name: 'payments' } as const]) {
    expect((await harness.execute(query, other)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  }
});

test('the viewer is null when the account no longer exists', async () => {
  const { caller } = await registered(harness);
  const { data } = await harness.execute(VIEWER, { ...caller, userId: 'usr_gone' });
  expect(data).toEqual({ viewer: null });
});

test.each([
  ['viewer', VIEWER, {}],
  ['logout', LOGOUT, {}],
  ['revokeSession', REVOKE, { sessionId: 'ses_1' }],
  ['startTotpEnrolment', START_TOTP, {}],
  ['confirmTotpEnrolment', CONFIRM_TOTP, { code: '123456' }],
])('%s requires a signed-in user', async (field, query, variables) => {
  const callers: Caller[] = [ANONYMOUS, { kind: 'service', name: 'booking' }];
  for (const caller of callers) {
    const { data, errors } = await harness.execute(query, caller, variables);
    expect(data).toEqual({ [field]: null });
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  }
});
