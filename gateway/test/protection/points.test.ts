import { buildSchema, parse } from 'graphql';
import { expect, test } from 'vitest';
import type { Engine } from '../../src/engine/api.ts';
import { operationPoints } from '../../src/protection/cost/points.ts';

const SDL = `
  directive @cost(weight: Int!) on FIELD_DEFINITION
  type Query { book: Book reports: Int @cost(weight: 30) free: Int @cost(weight: 0) }
  type Mutation { add: Book register: Book @cost(weight: 50) }
  type Subscription { changed: Book }
  type Book { id: ID! related: [Book!]! }
`;
const engine = { current: () => generation } as unknown as Engine;
const generation = { schema: buildSchema(SDL), supergraphSdl: SDL };

test.each<[string, string, number]>([
  ['a query of one field', '{ book { id related { id } } }', 1],
  ['each root field', '{ book { id } reports }', 1 + 30],
  ['each alias', '{ a: book { id } b: book { id } c: reports d: reports }', 2 + 60],
  ['an equal field once, because it is executed once', '{ book { id } book { related { id } } }', 1],
  ['a field of a mutation', 'mutation { add { id } }', 10],
  ['a weight in place of that of a mutation', 'mutation { add { id } register { id } }', 10 + 50],
  ['a subscription', 'subscription { changed { id } }', 1],
  ['a field without weight, as an operation', '{ free }', 1],
  [
    'the fields of fragments',
    '{ ...A ... { b: book { id } } } fragment A on Query { a: reports ...B } fragment B on Query { book { id } }',
    32,
  ],
  ['a fragment that spreads itself', '{ ...A } fragment A on Query { reports ...A }', 30],
  ['what may be skipped', 'query ($no: Boolean!) { reports @skip(if: $no) book @include(if: $no) { id } }', 31],
  [
    'introspection, which takes long',
    '{ __schema { types { name } } a: __type(name: "Book") { name } __typename }',
    101,
  ],
  ['unknown fields', '{ nothing constructor }', 2],
  ['unknown fields', '{ nothing nowhere }', 2],
  ['a document without the operation', 'query A { book { id } } query B { reports }', 1],
])('points count %s', (_what, query, points) => {
  expect(operationPoints(engine, 10)({ document: parse(query), operationName: null, variables: {} })).toBe(points);
});

test('fragments that multiply cost no time', () => {
  const levels = Array.from({ length: 200 }, (_, n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`);
  const document = parse(`{ ...F0 } ${levels.join(' ')} fragment F200 on Query { reports }`);
  expect(operationPoints(engine, 10)({ document, operationName: null, variables: {} })).toBe(30);
});
