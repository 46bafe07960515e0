import { expect, test } from 'vitest';
import { operationIn } from '../../assets/operations.js';

const SEVERAL = 'query A { a } mutation B { b } subscription C { c }';

test.each<[string, string | null | undefined, object]>([
  ['{ a }', null, { kind: 'query' }],
  ['query Shows { a }', 'Shows', { kind: 'query', name: 'Shows' }],
  ['subscription Seats { a }', 'Shows', { kind: 'subscription', name: 'Seats' }],
  ['mutation { a }', 'Shows', { kind: 'mutation' }],
  [SEVERAL, 'C', { kind: 'subscription', name: 'C' }],
  [SEVERAL, 'Shows', { kind: 'query' }],
  ['fragment mutation on Query { a } query Q { ...mutation }', undefined, { kind: 'query', name: 'Q' }],
  [
    '# mutation M\nquery Q($a: [In!] = [{b: "mutation {"}]) @x(y: "}") { subscription }',
    '',
    { kind: 'query', name: 'Q' },
  ],
  ['query Q { a(b: """ \\""" mutation M { """) }', 'M', { kind: 'query', name: 'Q' }],
])('the operation that %j runs, with %j chosen', (text, chosen, operation) => {
  expect(operationIn(text, chosen)).toMatchObject(operation);
});
