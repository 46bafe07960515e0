import { expect, test } from 'vitest';
import { startGateway } from './gateway-under-test.ts';
import { theatre } from './theatre.ts';

const PRICES = `
  scalar Date
  scalar DateTime
  scalar MinorUnits
  scalar Anything
  extend type Query { price(at: Price, any: Anything, note: String, ids: [ID!]): String }
  input Price { day: Date instant: DateTime amount: MinorUnits tags: [String!] }
`;

const TOO_LONG = 'x'.repeat(10_001);

test.each([
  ['at: { day: "2027-02-30" }', 'at.day', 'Send a day of the calendar, such as 2027-01-31.'],
  ['at: { day: { __proto__: 1 } }', 'at.day', 'Send a day of the calendar, such as 2027-01-31.'],
  ['at: { instant: "2027-01-31" }', 'at.instant', 'Send an instant with its offset, such as 2027-01-31T18:30:00.000Z.'],
  ['at: { amount: 1.5 }', 'at.amount', 'Send an integer of minor units, from -9007199254740991 to 9007199254740991.'],
  ['ids: ["a", {}]', 'ids.1', 'ID cannot represent a non-string and non-integer value.'],
  ['any: 1e400', 'any', 'The number is too large.'],
])('the literal %s is a validation error that has its place and its field', async (argument, field, message) => {
  const { ask, theatre: backend } = await startGateway({}, theatre(PRICES));
  const { body } = await ask(`{ price(${argument}) }`);
  expect(body.errors).toMatchObject([
    { message, locations: [{ line: 1 }], extensions: { code: 'GRAPHQL_VALIDATION_FAILED', field } },
  ]);
  expect(backend.log.requests).toEqual([]);
});

test.each([
  ['note', String.raw`a\u0000b`],
  ['note', TOO_LONG],
  ['any', String.raw`\u0000`],
])('the argument %s refuses a string that no database takes, or that is too long', async (argument, text) => {
  const { ask, theatre: backend } = await startGateway({}, theatre(PRICES));
  const refused = { extensions: { code: 'BAD_USER_INPUT', field: argument } };
  const { body } = await ask(`{ price(${argument}: "${text}") }`);
  expect(body.errors).toMatchObject([{ ...refused, locations: [{ line: 1, column: argument.length + 11 }] }]);
  const type = argument === 'any' ? 'Anything' : 'String';
  const variables = { [argument]: JSON.parse(`"${text}"`) as string };
  const variable = await ask(`query ($${argument}: ${type}) { price(${argument}: $${argument}) }`, { variables });
  expect(variable.body.errors).toMatchObject([refused]);
  expect(backend.log.requests).toEqual([]);
});

test.each([
  [{ day: '0000-00-00' }, 'at.day'],
  [{ amount: 2 ** 53 }, 'at.amount'],
  [{ tags: ['fine', '\ud800'] }, 'at.tags.1'],
  [{ tags: ['fine', 1] }, 'at.tags.1'],
])('the variable %j is BAD_USER_INPUT that names its field', async (at, field) => {
  const { ask, theatre: backend } = await startGateway({}, theatre(PRICES));
  const { status, body } = await ask('query ($at: Price) { price(at: $at) }', { variables: { at } });
  expect([status, body.errors]).toMatchObject([400, [{ extensions: { code: 'BAD_USER_INPUT', field } }]]);
  expect(backend.log.requests).toEqual([]);
});

test('a literal of lists in lists is too large, whatever its scalar takes', async () => {
  const { ask } = await startGateway({}, theatre(PRICES));
  const { body } = await ask(`{ price(any: ${'['.repeat(500)}${']'.repeat(500)}) }`);
  expect(body.errors).toMatchObject([{ extensions: { code: 'OPERATION_TOO_LARGE', limit: 'maxDepth' } }]);
});

test('a variable of lists in lists may be as deep as JSON', async () => {
  const { ask } = await startGateway({}, theatre(PRICES));
  const any = JSON.parse(`${'['.repeat(1_000)}"\\u0000"${']'.repeat(1_000)}`) as unknown;
  const { body } = await ask('query ($any: Anything) { price(any: $any) }', { variables: { any } });
  expect(body.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
});
