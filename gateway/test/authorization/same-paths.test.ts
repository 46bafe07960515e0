import { expect, test } from 'vitest';

import { ask, Federation, filtering, prepare, user } from '../engine/fixtures/federate.ts';

/** Different types may have different fields at the same response path. */
const PATHS = {
  catalog: {
    typeDefs: `
      type Query { titles: [Title!] }
      interface Title { id: ID! }
      type Movie implements Title { id: ID! reviews: Review self: Movie }
      type Concert implements Title { id: ID! critics: Review }
      type Review {
        open: Part @authenticated
        closed: Part @requiresScopes(scopes: [["never"]])
        sales(venue: ID!): Int @policy(policies: [["owns-venue"]])
      }
      type Part { secret: String @requiresScopes(scopes: [["top"]]) plain: String }
    `,
    resolvers: {
      Query: {
        titles: () => [
          { __typename: 'Movie', id: 'm1' },
          { __typename: 'Concert', id: 'c1' },
        ],
      },
      Title: { __resolveType: ({ __typename }: { __typename: string }) => __typename },
      Movie: { reviews: () => ({}) },
      Concert: { critics: () => ({}) },
      Review: { open: () => ({}), closed: () => ({}), sales: () => 1 },
      Part: { secret: () => 'secret', plain: () => 'plain' },
    },
  },
};

const unauthorized = (...path: string[]) =>
  expect.objectContaining({
    path,
    extensions: expect.objectContaining({ code: 'UNAUTHORIZED_FIELD_OR_TYPE' }),
  });

test('a field stays withheld when another one at the same path is withheld with its subfields', async () => {
  const engine = await new Federation(PATHS).engine();
  const [open, closed] = ['r: reviews { x: open { secret plain } }', 'r: critics { x: closed { secret plain } }'];
  const query = `{ titles { ... on Movie { ${open} } ... on Concert { ${closed} } } }`;
  expect(await ask(engine, query, { caller: user() })).toEqual({
    data: { titles: [{ r: { x: { secret: null, plain: 'plain' } } }, { r: { x: null } }] },
    errors: [unauthorized('titles', 'r', 'x', 'secret'), unauthorized('titles', 'r', 'x')],
  });
});

test('a policy gets the arguments of every field at the same path', async () => {
  const engine = await new Federation(PATHS).engine({
    authorization: filtering({
      'owns-venue': ({ uses }) => uses.every((use) => use.arguments['venue'] === 'own'),
    }),
  });
  const sales = (movies: string, concerts: string): string =>
    `{ titles { ... on Movie { r: reviews { sales(venue: "${movies}") } } ... on Concert { r: critics { sales(venue: "${concerts}") } } } }`;
  const both = (sold: number | null) => ({ titles: [{ r: { sales: sold } }, { r: { sales: sold } }] });
  expect((await ask(engine, sales('own', 'own'))).data).toEqual(both(1));
  expect((await ask(engine, sales('other', 'own'))).data).toEqual(both(null));
  expect((await ask(engine, sales('own', 'other'))).data).toEqual(both(null));
});

test('an operation whose fragments expand exponentially is rejected quickly', async () => {
  const engine = await new Federation(PATHS).engine();
  const names = Array.from({ length: 16 }, (_, index) => `v${index}`);
  const fragment = (level: number): string =>
    `fragment F${level} on Movie { ${names.map((name) => `...F${level + 1} @include(if: $${name})`).join(' ')} }`;
  const query = `query (${names.map((name) => `$${name}: Boolean!`).join(' ')}) { titles { ...F0 } }
    ${names.map((_, level) => fragment(level)).join('\n')} fragment F${names.length} on Movie { id }`;
  const error = await Promise.resolve()
    .then(() => prepare(engine, query))
    .catch((cause: unknown) => cause);
  expect(error).toMatchObject({ errors: [{ extensions: { code: 'OPERATION_TOO_LARGE' } }] });
}, 5_000);
