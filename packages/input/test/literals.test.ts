import { GraphQLError, parse, specifiedRules, validate } from 'graphql';
import { expect, test } from 'vitest';

import { inputLimitsRule, withoutValues } from '../src/index.ts';
import { schema } from './schema.ts';

const errorsOf = (query: string) =>
  validate(schema, parse(query), [inputLimitsRule]).map(({ message, extensions }) => [extensions['field'], message]);

test.each([
  ['{ colors(of: [RED, RED, RED]) }', 'of', 'Send at most 2 items.'],
  ['{ search(text: "abcdef") }', 'text', 'Enter at most 5 characters.'],
  [`{ colors(ids: "${'x'.repeat(129)}") }`, 'ids', 'Enter at most 128 characters.'],
  [`{ colors(ids: ["a", "${'x'.repeat(129)}"]) }`, 'ids.1', 'Enter at most 128 characters.'],
  [`{ colors(ids: ${'1'.repeat(129)}) }`, 'ids', 'Enter at most 128 characters.'],
  ['mutation { rename(input: { id: "a", names: ["a", "abcde"] }) }', 'input.names.1', 'Enter at most 4 characters.'],
  [
    'mutation { rename(input: { id: "a", all: [{ id: "b", names: ["", "", ""] }] }) }',
    'input.all.0.names',
    'Send at most 2 items.',
  ],
  [String.raw`{ search(any: { a: ["\u0000"] }) }`, 'any.a.0', 'Remove the characters that cannot be displayed.'],
  [
    String.raw`query ($t: String = "\u0000") { search(note: $t) }`,
    't',
    'Remove the characters that cannot be displayed.',
  ],
])('the literal in %s exceeds a maximum at its place', (query, field, message) => {
  expect(errorsOf(query)).toEqual([[field, message]]);
});

test.each([
  '{ colors(of: [RED, GREEN], ids: ["a", "b", "c"]) search(text: "abcde", any: [1, 2, 3, 4], count: 1) }',
  'mutation { rename(input: { id: "a", names: ["abcd", ""], all: [{ id: "b" }, { id: "c" }] }) }',
])('%s is within all of them', (query) => {
  expect(errorsOf(query)).toEqual([]);
});

test.each([
  'mutation { signIn(input: { name: "a", password: 12345678 }) }',
  'mutation { signIn(input: { name: "a", password: [horse] }) }',
  'mutation { signIn(input: { password: "horse" }) }',
  'mutation { check(code: { horse: "horse 12345678" }) }',
  'mutation { rename(input: { id: 1.2345678, color: "horse" }) }',
  'mutation { rename(input: { id: "a", color: horse }) }',
  'mutation { signIn(input: "horse; battery \\" does not exist in \\"Color\\" enum.") }',
])('no error quotes the literal in %s', (query) => {
  const messages = validate(schema, parse(query), specifiedRules).map(({ message }) => withoutValues(message));
  expect(messages).not.toEqual([]);
  expect(messages.join('\n')).not.toMatch(/horse|2345678/);
});

test.each([
  '{ search(text "horse") }',
  '{ search("horse" 1) }',
  '{ search(text: """horse""" """horse""") }',
  '{ search(count: 1 12345678) }',
])('no syntax error quotes the literal in %s', (query) => {
  expect(syntaxError(query)).toMatch(/horse|12345678/);
  expect(withoutValues(syntaxError(query))).toMatch(/^Syntax Error: /);
  expect(withoutValues(syntaxError(query))).not.toMatch(/horse|12345678/);
});

function syntaxError(query: string): string {
  try {
    parse(query);
    return '';
  } catch (error) {
    return error instanceof GraphQLError ? error.message : '';
  }
}
