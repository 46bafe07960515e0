import { expect, test } from 'vitest';

import { planFields } from './plan-fields.ts';

const refused = (work: () => unknown): unknown => {
  try {
    return { accepted: work() };
  } catch (error) {
    return (error as { extensions: { field?: string } }).extensions.field;
  }
};

test('a plan’s fields are trimmed, and what is left out is nothing', () => {
  expect(planFields.name(' Gold ')).toBe('Gold');
  expect([planFields.trialDays(null), planFields.freeCancellations(undefined)]).toEqual([0, 0]);
  expect(planFields.country('NL')).toBe('NL');
});

test('a wrong field is named', () => {
  const price = (amount: number, currency: string) => () => planFields.price({ amount, currency });
  expect([price(0, 'EUR'), price(-1, 'EUR'), price(100_000_001, 'EUR'), price(1, 'eur')].map(refused)).toEqual([
    ...['input.price.amount', 'input.price.amount', 'input.price.amount', 'input.price.currency'],
  ]);
  expect(refused(() => planFields.name('\u0007bell'))).toBe('input.name');
  expect(refused(() => planFields.description(' '))).toBe('input.description');
  expect(refused(() => planFields.trialDays(-1))).toBe('input.trialDays');
  expect(refused(() => planFields.bookingFeePercentOff(101))).toBe('input.bookingFeePercentOff');
  expect([() => planFields.country('nl'), () => planFields.country('XX')].map(refused)).toEqual([
    ...['input.country', 'input.country'],
  ]);
});
