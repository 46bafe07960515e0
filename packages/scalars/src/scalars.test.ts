import { GraphQLError, parseConstValue } from 'graphql';
import { expect, test } from 'vitest';

import { scalars } from './scalars.ts';

const { DateTime, Date: Day, MinorUnits } = scalars;

test.each([
  [Day, '2027-01-31', '2027-01-31'],
  [MinorUnits, -5, -5],
  [DateTime, '2027-01-31T19:30:00+01:00', new Date('2027-01-31T18:30:00.000Z')],
])('%s reads a variable and a literal alike', (scalar, given, expected) => {
  expect(scalar.parseValue(given)).toEqual(expected);
  expect(scalar.parseLiteral(parseConstValue(JSON.stringify(given)))).toEqual(expected);
});

test.each([
  [Day, ['2027-02-30', '0000-01-01', '275761-01-01', '2027-1-1', '', 20270131, true, null, [], {}]],
  [DateTime, ['0000-01-01T00:00:00Z', '2027-01-31', '2027-01-31T18:30:00', '2027-01-01T00:00:00+99:99', 1, {}]],
  [MinorUnits, [1.5, '1', 2 ** 53, -(2 ** 53), true, null, [], {}]],
])('%s refuses what it is not, and says what to send', (scalar, values) => {
  const refusal = expect.objectContaining({ message: expect.stringMatching(/^Send an? /) });
  for (const value of values) {
    expect(() => scalar.parseValue(value)).toThrow(refusal);
    const node = parseConstValue(Array.isArray(value) || value === null ? 'null' : literal(value));
    expect(() => scalar.parseLiteral(node)).toThrow(GraphQLError);
    expect(() => scalar.parseLiteral(node)).toThrow(expect.objectContaining({ nodes: [node] }));
  }
});

function literal(value: unknown): string {
  return typeof value === 'object' ? '{}' : JSON.stringify(value);
}
