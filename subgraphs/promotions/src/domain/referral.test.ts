import { expect, test } from 'vitest';

import { newReferralCode, shareUrlOf } from './referral.ts';
import { rewardIn } from './reward.ts';

test('a code has eight letters and digits that nobody mistakes for others', () => {
  const codes = Array.from({ length: 100 }, () => newReferralCode((below) => Math.floor(Math.random() * below)));
  for (const code of codes) expect(code).toMatch(/^[A-HJ-NP-Z2-9]{8}$/);
});

test('a share link leads to the storefront, with or without a slash at its end', () => {
  for (const url of ['https://tickets.example', 'https://tickets.example/']) {
    expect(shareUrlOf({ code: 'ABCD2345' }, url)).toBe('https://tickets.example/join?ref=ABCD2345');
  }
});

test('a reward is in the currency of the wallet, and in euros where none is set in it', () => {
  expect(rewardIn('GBP')).toEqual({ amount: 400, currency: 'GBP' });
  expect(rewardIn('XAF')).toEqual({ amount: 500, currency: 'EUR' });
});
