import { expect, test } from 'vitest';

import type { GraphQLFormattedError } from 'graphql';
import type { PolicyRequest } from '../../src/authorization/policy.ts';
import { ask, contextOf, Federation, filtering, prepare, user } from '../engine/fixtures/federate.ts';
import { RESTRICTED } from './restricted.ts';

test('reject: one unauthorised field rejects the operation before any fetch', async () => {
  const federation = new Federation(RESTRICTED);
  const engine = await federation.engine({ authorization: { mode: 'reject', policies: {} } });
  const response = await ask(engine, '{ public private }');
  expect(response).toEqual({ errors: [expect.objectContaining({ path: ['private'] })] });
  expect(federation.sent).toEqual([]);
  expect(await ask(engine, '{ public private }', { caller: user() })).toEqual({
    data: { public: 'public', private: 'private' },
  });
});

test('reject: an unauthorised field at any depth rejects a subscription, unless @skip excludes it', async () => {
  const engine = await new Federation(RESTRICTED).engine({ authorization: { mode: 'reject', policies: {} } });
  const query = 'subscription ($on: Boolean!) { rated { ... on Movie { name budget @include(if: $on) } } }';
  const prepared = await prepare(engine, query, { caller: user('top') });
  expect(await prepared.start({ on: true }, undefined)).toEqual([
    expect.objectContaining({ path: ['rated', 'budget'] }),
  ]);
  expect(await prepared.start({ on: false }, undefined)).toEqual([]);
});

test('dry run: nothing is withheld, and unauthorised fields are reported', async () => {
  const reported: (readonly GraphQLFormattedError[])[] = [];
  const engine = await new Federation(RESTRICTED).engine({
    authorization: { mode: 'dry-run', policies: {}, onUnauthorized: (errors) => reported.push(errors) },
  });
  expect(await ask(engine, '{ public private }')).toEqual({ data: { public: 'public', private: 'private' } });
  expect(reported).toEqual([[expect.objectContaining({ path: ['private'] })]]);
});

test('a policy’s function decides, and gets the arguments', async () => {
  const asked: PolicyRequest[] = [];
  const engine = await new Federation(RESTRICTED).engine({
    authorization: filtering({
      'owns-venue': (request) => {
        asked.push(request);
        return request.uses.every((use) => use.arguments['venue'] === 'v1');
      },
    }),
  });
  const query = 'query ($venue: ID!) { mine: sales(venue: $venue) }';
  expect(await ask(engine, query, { variables: { venue: 'v1' } })).toEqual({ data: { mine: 42 } });
  expect((await ask(engine, query, { variables: { venue: 'v2' } })).data).toEqual({ mine: null });
  expect(asked[0]?.uses).toEqual([{ coordinate: 'Query.sales', path: ['mine'], arguments: { venue: 'v1' } }]);
});

test('policies are alternatives of sets, and may be asynchronous', async () => {
  const grant = async (...names: string[]) => {
    const policies = Object.fromEntries(names.map((name) => [name, () => Promise.resolve(true)]));
    const engine = await new Federation(RESTRICTED).engine({ authorization: filtering(policies) });
    return (await ask(engine, '{ audited }')).data;
  };
  expect(await grant('auditor')).toEqual({ audited: null });
  expect(await grant('auditor', 'second-auditor')).toEqual({ audited: 1 });
  expect(await grant('admin')).toEqual({ audited: 1 });
});

test('a policy without a function, or whose function fails, is denied', async () => {
  const failing = () => {
    throw new Error('broken');
  };
  const engine = await new Federation(RESTRICTED).engine({
    authorization: filtering({
      auditor: () => true,
      'second-auditor': () => Promise.reject(new Error('down')),
      admin: failing,
    }),
  });
  expect((await ask(engine, '{ audited sales(venue: 1) }')).data).toEqual({ audited: null, sales: null });
});

test('an unauthorised subscription has no upstream, and its response has the error', async () => {
  const federation = new Federation(RESTRICTED);
  const engine = await federation.engine();
  const prepared = await prepare(engine, 'subscription { secretly { views } }');
  expect(prepared.subscription).toBeUndefined();
  const { body } = await prepared.execute({}, contextOf());
  expect(JSON.parse(body)).toMatchObject({ data: { secretly: null }, errors: [{ path: ['secretly'] }] });
  expect(federation.sent).toEqual([]);
});

test('an authorised subscription is hydrated without withheld fields', async () => {
  const federation = new Federation(RESTRICTED);
  const engine = await federation.engine();
  const prepared = await prepare(engine, 'subscription { rated { ... on Movie { name budget } } }', {
    caller: user('top'),
  });
  const event = { data: { rated: { __typename: 'Title', id: 'm1' } } };
  const hydrated = await prepared.subscription?.hydrate(event, {}, contextOf());
  expect(JSON.parse(hydrated?.body ?? '')).toMatchObject({
    data: { rated: { name: 'Alien', budget: null } },
    errors: [{ path: ['rated', 'budget'], extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' } }],
  });
});
