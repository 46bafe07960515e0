import { beforeAll, beforeEach, expect, test } from 'vitest';

import type { Engine } from '../../src/engine/api.ts';
import { ask, Federation, prepare, user } from '../engine/fixtures/federate.ts';
import { RESTRICTED } from './restricted.ts';

const federation = new Federation(RESTRICTED);
let engine: Engine;

beforeAll(async () => {
  engine = await federation.engine();
});

beforeEach(() => {
  federation.sent.length = 0;
});

const unauthorized = (...paths: string[]) =>
  paths.map((path) => ({
    message: expect.any(String),
    path: path.split('.'),
    extensions: expect.objectContaining({ code: 'UNAUTHORIZED_FIELD_OR_TYPE' }),
  }));

test('an @authenticated field is null for anonymous callers, and the others have data', async () => {
  expect(await ask(engine, '{ public private }')).toEqual({
    data: { public: 'public', private: null },
    errors: unauthorized('private'),
  });
  expect(await ask(engine, '{ public private }', { caller: user() })).toEqual({
    data: { public: 'public', private: 'private' },
  });
});

test('a withheld field is not fetched', async () => {
  await ask(engine, '{ public private }');
  expect(federation.sent.map(({ query }) => query)).toEqual([expect.not.stringContaining('private')]);
});

test('when everything is withheld nothing is fetched', async () => {
  expect(await ask(engine, '{ a: private b: private }')).toEqual({
    data: { a: null, b: null },
    errors: unauthorized('a', 'b'),
  });
  expect(federation.sent).toEqual([]);
});

test('scopes are alternatives of sets', async () => {
  const withScopes = async (...scopes: string[]) => (await ask(engine, '{ either }', { caller: user(...scopes) })).data;
  expect(await withScopes('a')).toEqual({ either: null });
  expect(await withScopes('b', 'x')).toEqual({ either: null });
  expect(await withScopes('b', 'a')).toEqual({ either: 'either' });
  expect(await withScopes('c')).toEqual({ either: 'either' });
});

test('a withheld non-null field makes its parent null', async () => {
  expect(await ask(engine, '{ me { name nickname } }')).toEqual({
    data: { me: null },
    errors: unauthorized('me.nickname'),
  });
  expect(await ask(engine, '{ strict }')).toEqual({ data: null, errors: unauthorized('strict') });
});

test('a directive on an object, enum or scalar applies to every field of that type', async () => {
  expect(await ask(engine, '{ reports { total } status stamp }')).toEqual({
    data: { reports: null, status: null, stamp: null },
    errors: unauthorized('reports', 'status', 'stamp'),
  });
  expect(await ask(engine, '{ reports { total } status stamp }', { caller: user('reports:read') })).toEqual({
    data: { reports: { total: 7 }, status: 'UP', stamp: 'now' },
  });
});

test('aliases, fragments and directives do not bypass authorisation', async () => {
  const query = `
    query ($on: Boolean!) { ...Root ... on Query @include(if: $on) { renamed: private } titles { ...Title } }
    fragment Root on Query { x: private }
    fragment Title on Title { ... on Movie { cost: budget } }
  `;
  const response = await ask(engine, query, { variables: { on: true } });
  expect(response.data).toBeNull();
  expect(response.errors).toEqual(unauthorized('x', 'renamed', 'titles'));
});

test('a field excluded by @skip has no error', async () => {
  const query = 'query ($on: Boolean!) { public private @include(if: $on) }';
  expect(await ask(engine, query, { variables: { on: false } })).toEqual({ data: { public: 'public' } });
  expect((await ask(engine, query, { variables: { on: true } })).errors).toEqual(unauthorized('private'));
});

test('a field of an interface has the requirements of every implementing type', async () => {
  expect(await ask(engine, '{ titles { name } }', { caller: user() })).toEqual({
    data: null,
    errors: unauthorized('titles'),
  });
  expect(await ask(engine, '{ best { views } }', { caller: user() })).toEqual({
    data: { best: null },
    errors: unauthorized('best'),
  });
});

test('in a union, objects of other types have data', async () => {
  const query = '{ anything { __typename ... on Movie { name budget } ... on Concert { name fee } } }';
  expect(await ask(engine, query)).toEqual({
    data: { anything: null },
    errors: unauthorized('anything.budget', 'anything.fee'),
  });
  expect(await ask(engine, query, { caller: user() })).toEqual({
    data: {
      anything: [
        { __typename: 'Movie', name: 'Alien', budget: null },
        { __typename: 'Concert', name: 'Bowie', fee: 5 },
      ],
    },
    errors: unauthorized('anything.budget'),
  });
});

test('a field of an interface object is restricted on every type', async () => {
  const query = '{ anything { ... on Movie { id rating } } best { id rating views } }';
  expect(await ask(engine, query, { caller: user('top') })).toEqual({
    data: { anything: [{ id: 'm1', rating: 5 }, {}], best: [{ id: 'm1', rating: 5, views: 9 }] },
  });
  const { errors } = await ask(engine, query);
  expect(errors).toEqual(unauthorized('anything.rating', 'best'));
});

test('an unauthorised key is fetched for the plan but never returned', async () => {
  expect(await ask(engine, '{ me { id greeting friends { name } } }')).toEqual({
    data: { me: null },
    errors: unauthorized('me.id'),
  });
  expect(await ask(engine, '{ me { greeting friends { name } } }')).toEqual({
    data: { me: { greeting: 'Hello Ada', friends: [{ name: 'Ada' }] } },
  });
  expect(federation.sent.some(({ variables }) => JSON.stringify(variables).includes('"u1"'))).toBe(true);
});

test('withheld mutations do not run, the others do', async () => {
  expect(await ask(engine, 'mutation { publish(id: 1) { id } touch }', { caller: user() })).toEqual({
    data: { publish: null, touch: 1 },
    errors: unauthorized('publish'),
  });
  expect(federation.sent.map(({ query }) => query)).toEqual([expect.not.stringContaining('publish')]);
});

test('introspection and type names have no requirements', async () => {
  const response = await ask(engine, '{ __typename __schema { queryType { name } } anything { __typename } }');
  expect(response).toEqual({
    data: {
      __typename: 'Query',
      __schema: { queryType: { name: 'Query' } },
      anything: [{ __typename: 'Movie' }, { __typename: 'Concert' }],
    },
  });
});

test('the cache depends on the authorisation outcome, not on the caller', async () => {
  const query = '{ either }';
  const one = await prepare(engine, query, { caller: user('a', 'b', 'x') });
  const two = await prepare(engine, query, { caller: user('c') });
  const none = await prepare(engine, query);
  expect(two).toBe(one);
  expect(none).not.toBe(one);
  expect(none.authorizationErrors).toEqual(unauthorized('either'));
});
