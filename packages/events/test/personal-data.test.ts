import { expect, test } from 'vitest';
import { z } from 'zod';

import { eventCatalogue, id, money, personalData, personalDataIn, publicFact, publicName } from '../src/index.ts';

const catalogueOf = (shape: z.ZodType) => eventCatalogue({ sample: { 'sample.told': z.object({ field: shape }) } });
const withField = (name: string, shape: z.ZodType) =>
  eventCatalogue({ sample: { 'sample.told': z.object({ nested: z.array(z.object({ [name]: shape })).readonly() }) } });

const review = personalData({ what: 'the words of a customer', readBy: ['ratings'], keptFor: 'as long as the review' });

test.each([
  ['text', z.string()],
  ['text that may be missing', z.string().min(1).nullable().optional()],
  ['a list of texts', z.array(z.string())],
  ['a declared text with another limit', publicName.max(10)],
  ['a record', z.record(z.string(), z.int())],
  ['anything', z.unknown()],
  ['an object with more fields', z.looseObject({ userId: id })],
  ['a choice', z.union([id, z.string()])],
  ['a transformation', z.string().transform(String)],
])('an event with %s that says nothing of its content keeps a process from starting', (_what, shape) => {
  expect(() => catalogueOf(shape)).toThrow(/may carry personal data:\nsample\.told\.field/);
});

test.each(['email', 'displayName', 'userAgent', 'ip', 'phone', 'deliveryAddress', 'birthDate', 'cardNumber', 'last4'])(
  'an event with the field %s is refused unless it is declared as personal data, also a public name or a number',
  (name) => {
    for (const shape of [publicName, publicName.nullable(), z.int()]) {
      expect(() => withField(name, shape)).toThrow(`sample.told.nested.${name}: it looks like personal data`);
    }
    expect(() => withField(name, review)).not.toThrow();
    expect(() => withField(`${name}Id`, id)).not.toThrow();
  },
);

test('ids, amounts, enums, flags and public names may be in events', () => {
  const shape = z.object({ id, money, kind: z.enum(['A']), sold: z.boolean(), seats: z.array(publicName).readonly() });
  expect(() => catalogueOf(shape.nullable())).not.toThrow();
});

test('what everybody may see of a venue is a public fact, whatever its name', () => {
  for (const [name, shape] of [
    ['address', z.string()],
    ['latitude', z.number()],
  ] as const) {
    expect(() => withField(name, publicFact(shape).nullable())).not.toThrow();
    expect(personalDataIn({ 'sample.told': z.object({ [name]: publicFact(shape) }) })).toEqual({});
  }
});

test('declared personal data is listed with who reads it and for how long it is kept', () => {
  expect(personalDataIn({ 'sample.told': z.object({ text: review.nullable(), userId: id }) })).toEqual({
    'sample.told.text': { what: 'the words of a customer', readBy: ['ratings'], keptFor: 'as long as the review' },
  });
});
