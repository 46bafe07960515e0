import { describe, expect, it } from 'vitest';

import { minorUnits, wholeNumber } from './amount.ts';

describe('minorUnits', () => {
  it.each([
    ['12', 'EUR', 1200],
    ['12.5', 'EUR', 1250],
    ['12,50', 'EUR', 1250],
    ['1 200.00', 'EUR', 120_000],
    ['500', 'JPY', 500],
    ['1.250', 'BHD', 1250],
  ])('reads %s in %s', (text, currency, amount) => expect(minorUnits(text, currency)).toBe(amount));

  it.each([
    ['', 'EUR'],
    ['-1', 'EUR'],
    ['1.234', 'EUR'],
    ['1.5', 'JPY'],
    ['1,200.00', 'EUR'],
    ['twelve', 'EUR'],
  ])('refuses %j in %s', (text, currency) => expect(minorUnits(text, currency)).toBeUndefined());
});

describe('wholeNumber', () => {
  it('reads a number within its limits alone', () => {
    expect(wholeNumber(' 7 ', 1, 10)).toBe(7);
    expect(wholeNumber('11', 1, 10)).toBeUndefined();
    expect(wholeNumber('1.5', 1, 10)).toBeUndefined();
  });
});
