import { expect, test } from 'vitest';

import { centsPerMinorUnit, parseRates } from './euro-rates.ts';

test('a minor unit is worth its currency’s rate, whatever its decimals', () => {
  const rates = parseRates('EUR=1, JPY=0.0056,KWD=2.8');
  if (rates === null) throw new Error('no rates');
  expect(centsPerMinorUnit('EUR', rates)).toBe(1);
  expect(centsPerMinorUnit('JPY', rates)).toBeCloseTo(0.56);
  expect(centsPerMinorUnit('KWD', rates)).toBeCloseTo(0.28);
  expect(centsPerMinorUnit('GBP', rates)).toBeNull();
});

test.each(['', 'EUR', 'EUR=0', 'EUR=-1', 'eur=1', 'EUR=1,EUR=2', 'EUR=1;GBP=2'])('%j are no rates', (text) => {
  expect(parseRates(text)).toBeNull();
});
