import { getVariableValues, type OperationDefinitionNode, parse } from 'graphql';
import { expect, test } from 'vitest';

import { inputOf, schema } from './schema.ts';

const LIST = 'query ($of: [Color!]) { colors(of: $of) }';
const TEXT = 'query ($text: String) { search(text: $text) }';
const RENAME = 'mutation ($input: Rename!) { rename(input: $input) }';

/** The field and the message of each error. */
function errorsOf(query: string, variables: Record<string, unknown>) {
  return inputOf(query)
    .coerce(variables)
    .errors?.map(({ message, extensions }) => [extensions['field'], message, extensions['code']]);
}

test.each([
  [LIST, { of: ['RED', 'RED', 'RED'] }, 'of', 'Send at most 2 items.'],
  [TEXT, { text: 'abcdef' }, 'text', 'Enter at most 5 characters.'],
  [TEXT, { text: 'a\0' }, 'text', 'Remove the characters that cannot be displayed.'],
  [TEXT, { text: '\ud800' }, 'text', 'Remove the characters that cannot be displayed.'],
  ['query ($i: ID!) { colors(ids: ["a", $i]) }', { i: 'x'.repeat(129) }, 'i', 'Enter at most 128 characters.'],
  [
    'query ($note: String) { search(note: $note) }',
    { note: 'x'.repeat(10_001) },
    'note',
    'Enter at most 10000 characters.',
  ],
  [RENAME, { input: { id: 'x'.repeat(129) } }, 'input.id', 'Enter at most 128 characters.'],
  [RENAME, { input: { id: 'a', names: ['a', 'b', 'c'] } }, 'input.names', 'Send at most 2 items.'],
  [RENAME, { input: { id: 'a', names: ['a', 'abcde'] } }, 'input.names.1', 'Enter at most 4 characters.'],
  [RENAME, { input: { id: 'a', names: 'abcde' } }, 'input.names', 'Enter at most 4 characters.'],
  [
    RENAME,
    { input: { id: 'a', below: { id: 'a', all: [{ id: 'b' }, { id: 'c', names: ['', '', ''] }] } } },
    'input.below.all.1.names',
    'Send at most 2 items.',
  ],
  [
    'query ($a: JSON) { search(any: $a) }',
    { a: [{ b: ['\0'] }] },
    'a.0.b.0',
    'Remove the characters that cannot be displayed.',
  ],
])('%s with %j is BAD_USER_INPUT of the field that exceeds its maximum', (query, variables, field, message) => {
  expect(errorsOf(query, variables)).toEqual([[field, message, 'BAD_USER_INPUT']]);
});

test.each([
  ['a fragment', 'query ($of: [Color!]) { ...F } fragment F on Query { nested { colors(of: $of) } }'],
  ['a default', 'query ($of: [Color!] = [RED, RED, RED]) { colors(of: $of) }'],
  ['two places, by the stricter', 'query ($of: [Color!]) { a: colors(of: $of) b: nested { colors(of: $of) } }'],
])('a variable is limited by its use in %s', (_where, query) => {
  const given = query.includes('=') ? {} : { of: ['RED', 'RED', 'RED'] };
  expect(errorsOf(query, given)).toEqual([['of', 'Send at most 2 items.', 'BAD_USER_INPUT']]);
});

test('values at their maximum pass', () => {
  expect(inputOf(LIST).coerce({ of: ['RED', 'GREEN'] })).toEqual({ values: { of: ['RED', 'GREEN'] } });
  expect(inputOf(TEXT).coerce({ text: 'abcde' })).toEqual({ values: { text: 'abcde' } });
});

test('another operation of the document does not limit a variable of the same name', () => {
  const query = 'query A($t: String) { search(note: $t) } query B($t: String) { search(text: $t) }';
  expect(inputOf(query).coerce({ t: 'abcdef' })).toEqual({ values: { t: 'abcdef' } });
});

test('an operation whose variables have neither lists nor strings has nothing to check', () => {
  expect(inputOf('query ($count: Int, $c: Color) { search(count: $count) }').limitError).toBeUndefined();
});

const VALUES: [string, Record<string, unknown>][] = [
  ['query ($n: Int!) { search(count: $n) }', {}],
  ['query ($n: Int!) { search(count: $n) }', { n: null }],
  ['query ($n: Int = 5) { search(count: $n) }', {}],
  ['query ($n: Int = 5) { search(count: $n) }', { n: null }],
  ['query ($n: Int) { search(count: $n) }', { n: 1.5, other: 1 }],
  [LIST, { of: 'RED' }],
  [LIST, { of: ['RED', 'BLUE'] }],
  [RENAME, { input: { names: [1], color: 7, extra: true } }],
  [RENAME, { input: 7 }],
  [RENAME, { input: { id: 5, names: null, below: { id: 'a' } } }],
];

test.each(VALUES)('%s with %j is coerced as graphql-js does', (query, variables) => {
  const [operation] = parse(query).definitions as OperationDefinitionNode[];
  const expected = getVariableValues(schema, operation?.variableDefinitions ?? [], variables, { maxErrors: 20 });
  const actual = inputOf(query).coerce(variables);
  expect(actual.values).toEqual(expected.coerced);
  expect(actual.errors?.length).toBe(expected.errors?.length);
});

test('a list of invalid values has at most 20 errors', () => {
  const ids = Array.from({ length: 3 }, () => ({ id: 'a', names: [{}, {}] }));
  expect(
    inputOf('query ($ids: [Int!]) { nested { search } }').coerce({ ids: Array(500).fill('x') }).errors,
  ).toHaveLength(20);
  expect(errorsOf(RENAME, { input: { id: 'a', all: ids } })).toHaveLength(1);
});

test('no error quotes a value', () => {
  const secret = 'correct horse';
  const given: [string, Record<string, unknown>][] = [
    ['mutation ($i: SignIn!) { signIn(input: $i) }', { i: { password: secret } }],
    ['mutation ($i: SignIn!) { signIn(input: $i) }', { i: { name: 'a', password: { nested: secret } } }],
    ['mutation ($i: SignIn!) { signIn(input: $i) }', { i: { name: 'a', password: secret.repeat(9) } }],
    ['mutation ($c: String!) { check(code: $c) }', { c: [secret] }],
    [RENAME, { input: { id: { secret }, color: secret } }],
    ['query ($n: Int) { search(count: $n) }', { n: secret }],
  ];
  for (const [query, variables] of given) {
    const errors = inputOf(query).coerce(variables).errors ?? [];
    expect(errors).not.toEqual([]);
    expect(JSON.stringify(errors)).not.toContain('horse');
  }
  // The control: graphql-js itself quotes it.
  const [operation] = parse('query ($n: Int) { search(count: $n) }').definitions as OperationDefinitionNode[];
  const stock = getVariableValues(schema, operation?.variableDefinitions ?? [], { n: secret });
  expect(JSON.stringify(stock.errors)).toContain('horse');
});
