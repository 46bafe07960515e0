import { buildSchema, getOperationAST, parse } from 'graphql';
import { eventually } from '@marquee/testkit';
import { expect, test } from 'vitest';
import { actualCost } from '../../src/protection/cost/actual.ts';
import { costModelOf } from '../../src/protection/cost/cost-model.ts';
import { compileEstimate } from '../../src/protection/cost/estimate.ts';
import { collect, send, startGateway } from '../server/gateway-under-test.ts';

const SDL = `
  directive @cost(weight: Int!) on FIELD_DEFINITION | OBJECT | ARGUMENT_DEFINITION | SCALAR
  directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean) on FIELD_DEFINITION
  type Query {
    book(id: ID!, deep: Boolean @cost(weight: 7)): Book
    filtered(by: Filter, ids: [ID!], any: Any): [Book!]! @listSize(assumedSize: 5)
    books: [Book!]!
    best: [Book!]! @listSize(assumedSize: 5)
    search(first: Int, last: Int): [Book!]! @listSize(slicingArguments: ["first", "last"])
    page(first: Int = 3): BookPage! @listSize(slicingArguments: ["first"], sizedFields: ["edges"])
    node: Node
  }
  type Mutation { add: Book }
  scalar Any
  input Filter { ids: [ID!] all: [Filter!] }
  interface Node { id: ID! }
  type Book implements Node { id: ID! title: String author: Author blurb: String @cost(weight: 2) }
  type Author @cost(weight: 3) { name: String books: [Book!]! @listSize(assumedSize: 2) }
  type BookPage { edges: [BookEdge!]! total: Int }
  type BookEdge { node: Book! }
`;
const schema = buildSchema(SDL);
const model = costModelOf(SDL);
const defaults = { listSize: 10, mutationField: 10 };

function estimate(query: string, variables = {}): number {
  const document = parse(query);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('no operation');
  return compileEstimate(schema, model, defaults, document, operation)(variables);
}

test.each([
  ['leaves are free, an object weighs one', '{ book(id: 1) { id title } }', 1],
  ['a weight of a type or of a field counts', '{ book(id: 1) { blurb author { name } } }', 1 + 2 + 3],
  ['a weight of an argument counts when it is given', '{ book(id: 1, deep: true) { id } }', 8],
  ['a list that nothing bounds has the default length', '{ books { id } }', 10],
  ['a list has its assumed length', '{ best { author { books { id } } } }', 5 * (1 + 3 + 2)],
  ['a list is as long as its slicing argument', '{ search(first: 4) { id } }', 4],
  ['the largest slicing argument counts', '{ search(first: 4, last: 9) { id } }', 9],
  ['a connection passes the length to its edges', '{ page(first: 6) { edges { node { id } } total } }', 1 + 6 * 2],
  ['also through fragments', '{ page(first: 6) { ...P } } fragment P on BookPage { edges { node { id } } }', 1 + 6 * 2],
  ['a field of a mutation costs its writing', 'mutation { a: add { id } b: add { id } }', 22],
  [
    'also where a fragment has it',
    'mutation { ...M ... { c: add { id } } } fragment M on Mutation { a: add { id } b: add { id } }',
    33,
  ],
  ['each item of a list costs one, however long the answer is', '{ filtered(ids: ["a", "b", "c"]) { id } }', 3 + 5],
  ['also in input objects', '{ filtered(by: { ids: ["a"], all: [{ ids: ["b", "c"] }] }) { id } }', 1 + 1 + 2 + 5],
  ['also in a default', 'query ($ids: [ID!] = ["a", "b"]) { filtered(ids: $ids) { id } }', 2 + 5],
  ['fields of every possible type add up', '{ node { ... on Book { author { name } } } }', 4],
  ['a fragment that spreads itself is free', '{ book(id: 1) { ...B } } fragment B on Book { author { name } ...B }', 4],
  [
    'also below a list that it bounds',
    '{ page(first: 6) { ...P } } fragment P on Query { page(first: 6) { ...P } }',
    2,
  ],
  [
    'a deferred fragment costs one for each object',
    '{ search(first: 4) { id ... @defer { title } ...B @defer } } fragment B on Book { blurb }',
    4 * (1 + 1 + 1 + 2),
  ],
  ['a fragment that is not deferred is free', '{ book(id: 1) { ... @defer(if: false) { id } } }', 1],
  ['what the schema does not know is free', '{ nothing { at { all } } }', 0],
])('%s', (_name, query, cost) => {
  expect(estimate(query)).toBe(cost);
});

test('each item of a list in a variable costs one at each place of its use', () => {
  const ids = ['a', 'b', 'c'];
  expect(estimate('query ($ids: [ID!]) { a: filtered(ids: $ids) { id } b: filtered(ids: $ids) { id } }', { ids })).toBe(
    16,
  );
  expect(estimate('query ($by: Filter) { filtered(by: $by) { id } }', { by: { all: [{ ids }, { ids }] } })).toBe(13);
  expect(estimate('query ($a: Any) { filtered(any: $a) { id } }', { a: { deep: [ids, { ids }] } })).toBe(13);
  expect(estimate('query ($a: ID) { filtered(ids: ["b", $a]) { id } }', { a: 'a' })).toBe(7);
});

test('variables and their defaults bound lists', () => {
  const query = 'query ($n: Int = 2) { search(first: $n) { id } }';
  expect([estimate(query), estimate(query, { n: 7 })]).toEqual([2, 7]);
});

test('a variable decides whether a fragment is deferred', () => {
  const query = 'query ($later: Boolean) { search(first: 4) { ... @defer(if: $later) { id } } }';
  expect([estimate(query), estimate(query, { later: false })]).toEqual([8, 4]);
});

test('fragments that double at each level are computed once each', () => {
  const levels = Array.from({ length: 60 }, (_, n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`);
  expect(estimate(`{ ...F0 } ${levels.join(' ')} fragment F60 on Query { book(id: 1) { id } }`)).toBe(2 ** 60);
});

test('the actual cost uses the real length of lists', () => {
  const document = parse('{ best { blurb author { name } } page { edges { node { id } } } }');
  const operation = getOperationAST(document);
  if (!operation) throw new Error('no operation');
  const data = {
    best: [
      { blurb: 'x', author: { name: 'A' } },
      { blurb: null, author: null },
    ],
    page: { edges: [{ node: { id: '1' } }] },
  };
  expect(actualCost(schema, model, defaults, document, operation, data)).toBe(1 + 2 + 3 + 1 + (1 + 1 + 1));
});

test('an operation above the limit is rejected before execution, over HTTP and sockets', async () => {
  const { ask, client, theatre } = await startGateway({ settings: { cost: { max: 50 } } });
  const query = 'query ($first: Int!) { shows(first: $first) { id } }';
  expect((await ask(query, { variables: { first: 50 } })).status).toBe(200);
  const asked = theatre.log.requests.length;
  const { status, body } = await ask(query, { variables: { first: 51 } });
  expect([status, body.errors?.[0]?.extensions]).toEqual([
    400,
    { code: 'OPERATION_TOO_EXPENSIVE', cost: { estimated: 51, max: 50 } },
  ]);
  const rejected = collect(client(), query, { first: 51 });
  await eventually(() =>
    expect(rejected.end?.error).toMatchObject([{ extensions: { code: 'OPERATION_TOO_EXPENSIVE' } }]),
  );
  expect(theatre.log.requests.length).toBe(asked);
});

test.each([
  ['an empty name', '', (query: string) => query],
  ['a name that goes on into the query', '\n# a', (query: string) => query.replace('# a\n', '')],
])('an operation that is known and dear is not run under %s', async (_what, operationName, textOf) => {
  const { ask, url, client, theatre } = await startGateway({ settings: { cost: { max: 50 } } });
  const query = '# a\nquery ($first: Int!) { shows(first: $first) { id } }';
  expect((await ask(query, { variables: { first: 1 } })).status).toBe(200);
  const asked = theatre.log.requests.length;

  const request = { query: textOf(query), operationName, variables: { first: 5_000 } };
  const init = { method: 'POST', headers: { 'content-type': 'application/json' } };
  const plain = await send(url, { ...init, body: JSON.stringify(request) });
  expect([plain.status, plain.body.data]).toEqual([400, undefined]);
  const errors: unknown[] = [];
  client().subscribe(request, { next: () => {}, error: (error) => errors.push(error), complete: () => {} });
  await eventually(() => expect(errors).toHaveLength(1));
  expect(theatre.log.requests.length).toBe(asked);
});

test('a client can request the cost, over HTTP and sockets', async () => {
  const { url, client } = await startGateway();
  const request = { query: '{ shows(first: 5) { id } }', extensions: { cost: true } };
  const { text } = await send(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
  });
  const answer = {
    data: { shows: [{ id: 's1' }, { id: 's2' }] },
    extensions: { cost: { estimated: 5, actual: 2, max: 10_000 } },
  };
  expect(JSON.parse(text)).toEqual(answer);
  const events: unknown[] = [];
  client().subscribe(request, { next: (event) => events.push(event), error: () => {}, complete: () => {} });
  await eventually(() => expect(events).toEqual([answer]));
});
