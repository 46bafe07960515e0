import { writeFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openLog } from '@marquee/telemetry';
import { expect, test } from 'vitest';

import { ANONYMOUS, type UserCaller } from './caller.ts';
import type { RecordLooks } from './execution.ts';
import { badInput, resultOf, UserError } from '@marquee/errors';
import {
  anyOf,
  everyone,
  nobody,
  ownerOr,
  type Permissions,
  type Policy,
  service,
  signedIn,
  withScope,
} from './permissions/index.ts';
import { protectedSchema } from './protected-schema.ts';
import { createSubgraph, type Subgraph } from './subgraph.ts';

class FullError extends UserError {
  readonly __typename = 'FullError';
}

const SDL = `
type Query { open: String! now(at: DateTime, on: Date): DateTime! secret: String thing(id: ID!): Thing broken: String
  echo(of: MinorUnits!): MinorUnits fortune: MinorUnits }
type Thing @key(fields: "id") { id: ID! owner: String! note: String }
union JoinResult = JoinPayload | FullError
type JoinPayload { joined: Boolean! }
type FullError implements UserError { message: String! }
type Mutation { join(full: Boolean!, wrong: Boolean): JoinResult! }
type Subscription { ticks: Int! }
`;

const permissions: Permissions = {
  Query: {
    open: everyone,
    now: everyone,
    secret: withScope('secrets:read'),
    thing: everyone,
    broken: everyone,
    echo: everyone,
    fortune: everyone,
  },
  Thing: { owner: everyone, note: ownerOr('things:read', ({ owner }: { owner: string }) => owner) },
  Mutation: { join: signedIn },
  Subscription: { ticks: signedIn },
};

const resolvers = {
  Query: {
    open: () => 'open',
    now: (_: unknown, { at }: { at: Date }) => at,
    secret: () => 'secret',
    thing: (_: unknown, { id }: { id: string }) => ({ id, owner: 'usr_1', note: 'mine' }),
    broken: () => {
      throw new TypeError('password=hunter2');
    },
    echo: (_: unknown, { of }: { of: number }) => of,
    fortune: () => Number.MAX_SAFE_INTEGER + 1,
  },
  Thing: { __resolveReference: ({ id }: { id: string }) => ({ id, owner: 'usr_1', note: 'mine' }) },
  Mutation: {
    join: (_: unknown, { full, wrong }: { full: boolean; wrong?: boolean }) =>
      resultOf([FullError], async () => {
        if (wrong) throw badInput('wrong', 'That is wrong.');
        if (full) throw new FullError('It is full.');
        return { __typename: 'JoinPayload', joined: true };
      }),
  },
  Subscription: {
    ticks: {
      subscribe: async function* () {
        yield 1;
        yield 2;
      },
      resolve: (tick: number) => tick * 10,
    },
  },
};

const user: UserCaller = {
  kind: 'user',
  userId: 'usr_1',
  sessionId: 'ses_1',
  roles: [],
  scopes: [],
  authenticatedAt: new Date(),
  emailVerified: true,
  expiresAt: new Date('2100-01-01'),
};

const logged: unknown[] = [];
const silent = openLog({ service: 'sample', level: 'silent' });
function build(
  sdl = SDL,
  policies = permissions,
  onKick: () => void = () => undefined,
  recordLooks: RecordLooks = async () => undefined,
): Subgraph {
  const file = join(mkdtempSync(join(tmpdir(), 'sdl-')), 'schema.graphql');
  writeFileSync(file, sdl);
  return createSubgraph({
    name: 'sample',
    schema: protectedSchema({ schemaFile: pathToFileURL(file), resolvers, permissions: policies }),
    context: (request) => request,
    relay: { start: () => undefined, stop: async () => undefined, kick: onKick, drain: async () => undefined },
    ready: async () => undefined,
    close: async () => undefined,
    recordLooks,
    log: { ...silent, error: (fields) => void logged.push(fields) },
  });
}

test('an entity’s field without a policy keeps the subgraph from starting', () => {
  const { Thing: _, ...rest } = permissions;
  expect(() => build(SDL, rest)).toThrow(/Thing\.owner, Thing\.note/);
});

test('a policy for an unknown field keeps the subgraph from starting', () => {
  expect(() => build(SDL, { ...permissions, Mutation: { join: signedIn, gone: signedIn } })).toThrow(/gone/);
});

test('a denied field has an error code and its siblings have data', async () => {
  const { data, errors } = await build().execute({ query: '{ open secret }', caller: ANONYMOUS });
  expect(data).toEqual({ open: 'open', secret: null });
  expect(errors).toMatchObject([{ path: ['secret'], extensions: { code: 'UNAUTHENTICATED' } }]);
  const signed = await build().execute({ query: '{ secret }', caller: user });
  expect(signed.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  const scoped = await build().execute({ query: '{ secret }', caller: { ...user, scopes: ['secrets:read'] } });
  expect(scoped.data).toEqual({ secret: 'secret' });
});

test('an owner reads what others may not, also through an entity reference', async () => {
  const query = '{ _entities(representations: [{ __typename: "Thing", id: "1" }]) { ... on Thing { id note } } }';
  const mine = await build().execute({ query, caller: user });
  expect(mine.data).toEqual({ _entities: [{ id: '1', note: 'mine' }] });
  const theirs = await build().execute({ query, caller: { ...user, userId: 'usr_2' } });
  expect(theirs.data).toEqual({ _entities: [{ id: '1', note: null }] });
  expect(theirs.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
});

test('one of several policies is enough', async () => {
  const run = (secret: Policy) => build(SDL, { ...permissions, Query: { ...permissions['Query'], secret } });
  const query = '{ secret }';
  const allowed = await run(anyOf(nobody, signedIn)).execute({ query, caller: user });
  expect(allowed.data).toEqual({ secret: 'secret' });
  const denied = await run(anyOf(withScope('secrets:read'), service('booking'))).execute({ query, caller: ANONYMOUS });
  expect(denied.errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
});

test('an expected failure is a union member, and a coded error is returned', async () => {
  const query =
    'mutation($full: Boolean!, $wrong: Boolean) { join(full: $full, wrong: $wrong) { __typename ... on UserError { message } } }';
  let kicks = 0;
  const subgraph = build(SDL, permissions, () => (kicks += 1));
  const full = await subgraph.execute({ query, variables: { full: true }, caller: user });
  expect(full.data).toEqual({ join: { __typename: 'FullError', message: 'It is full.' } });
  const wrong = await subgraph.execute({ query, variables: { full: true, wrong: true }, caller: user });
  expect(wrong.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'wrong' } }]);
  expect(kicks).toBe(2);
});

test('the cause of an unexpected error is logged and never returned', async () => {
  const { errors } = await build().execute({ query: '{ broken }', caller: ANONYMOUS });
  expect(JSON.stringify(errors)).not.toContain('hunter2');
  expect(errors).toMatchObject([
    { extensions: { code: 'INTERNAL_SERVER_ERROR', traceId: expect.stringMatching(/^[0-9a-f]{32}$/) } },
  ]);
  expect(String((logged.at(-1) as { err: Error }).err)).toContain('hunter2');
});

test('a malformed query and an invalid variable are BAD_USER_INPUT', async () => {
  const wrongVariable = 'query($x: ID!) { thing(id: $x) { note } }';
  for (const query of ['{ open', '{ nothing }', 'query($x: Int!) { open }', wrongVariable]) {
    const { errors } = await build().execute({ query, variables: { x: {} }, caller: ANONYMOUS });
    expect(errors?.[0]?.extensions?.['code']).toBe('BAD_USER_INPUT');
  }
});

const AGENT: UserCaller = { ...user, userId: 'usr_agent', scopes: ['things:read'] };
const TWO_THINGS = '{ a: thing(id: "1") { note } b: thing(id: "2") { note } }';

test('what a scope lets somebody read of another is recorded once a request; the owner’s reads are not', async () => {
  const recorded: unknown[] = [];
  const subgraph = build(SDL, permissions, undefined, async (...look) => void recorded.push(look));
  await subgraph.execute({ query: TWO_THINGS, caller: user });
  expect(recorded).toEqual([]);
  for (let request = 0; request < 2; request += 1) await subgraph.execute({ query: TWO_THINGS, caller: AGENT });
  const looks = [{ subjectType: 'User', subjectId: 'usr_1', kind: 'Thing', scope: 'things:read' }];
  expect(recorded).toEqual([
    ['usr_agent', looks],
    ['usr_agent', looks],
  ]);
});

test('a look that cannot be recorded gets no answer', async () => {
  const failing = () => Promise.reject(new Error('The outbox is full'));
  const { data, errors } = await build(SDL, permissions, undefined, failing).execute({
    query: TWO_THINGS,
    caller: AGENT,
  });
  expect(data).toBeUndefined();
  expect(errors).toMatchObject([{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }]);
});

test('a subscription checks its policy when it starts, and return() ends it', async () => {
  const subgraph = build();
  const denied = await subgraph.subscribe({ query: 'subscription { ticks }', caller: ANONYMOUS });
  expect(denied).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  const stream = await subgraph.subscribe({ query: 'subscription { ticks }', caller: user });
  if (!(Symbol.asyncIterator in stream)) throw new Error('not a stream');
  expect((await stream.next()).value).toEqual({
    data: { ticks: 10 },
    extensions: { traceparent: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/) },
  });
  await stream.return?.();
  expect((await stream.next()).done).toBe(true);
});

test('times are returned in UTC, and invalid times are rejected', async () => {
  const query = 'query($at: DateTime, $on: Date) { now(at: $at, on: $on) }';
  const run = (at: string, on: string) => build().execute({ query, variables: { at, on }, caller: ANONYMOUS });
  expect((await run('2027-01-31T18:30:00+02:00', '2027-01-31')).data).toEqual({
    now: '2027-01-31T16:30:00.000Z',
  });
  expect((await run('yesterday', '2027-01-31')).errors).toMatchObject([
    { extensions: { code: 'BAD_USER_INPUT', field: 'at' } },
  ]);
  for (const day of ['2027-02-30', '0000-12-31']) {
    expect((await run('2027-01-31T18:30:00Z', day)).errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT', field: 'on' } },
    ]);
  }
});

test('an amount is an integer of at most 2^53 - 1 minor units, as input and output', async () => {
  const run = (amount: unknown) =>
    build().execute({
      query: 'query($of: MinorUnits!) { echo(of: $of) }',
      variables: { of: amount },
      caller: ANONYMOUS,
    });
  const literal = (amount: string) => build().execute({ query: `{ echo(of: ${amount}) }`, caller: ANONYMOUS });
  for (const amount of [0, -1, 3_000_000_000, Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER]) {
    expect(await run(amount)).toEqual({ data: { echo: amount } });
    expect(await literal(String(amount))).toEqual({ data: { echo: amount } });
  }
  const problem = {
    message: expect.stringContaining('Send an integer of minor units'),
    extensions: { code: 'BAD_USER_INPUT' },
  };
  for (const amount of [Number.MAX_SAFE_INTEGER + 1, 1.5, '1', true]) {
    expect((await run(amount)).errors).toMatchObject([problem]);
  }
  for (const amount of ['9007199254740993', '-9007199254740993', '1.0', '"1"']) {
    expect((await literal(amount)).errors).toMatchObject([problem]);
  }
});

test('an amount that a number cannot represent is an error and is never rounded', async () => {
  expect(await build().execute({ query: '{ fortune }', caller: ANONYMOUS })).toMatchObject({
    data: { fortune: null },
    errors: [{ path: ['fortune'], extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
  });
});
