import { expect, test } from 'vitest';

import { newReferralCode, shareUrlOf } from './referral.ts';
import { leastPaid, rewardIn } from './reward.ts';

test('a code has eight letters and digits that nobody mistakes for others', () => {
  const codes = Array.from({ length: 100 }, () => newReferralCode((below) => Math.floor(Math.random() * below)));
  for (const code of codes) expect(code).toMatch(/^[A-HJ-NP-Z2-9]{8}$/);
});

test('a share link leads to the storefront, with or without a slash at its end, or else to our own page', () => {
  const link = (storefrontUrl?: string) =>
    shareUrlOf({ code: 'ABCD2345' }, { publicUrl: 'https://api.example/', storefrontUrl });
  for (const url of ['https://tickets.example', 'https://tickets.example/']) {
    expect(link(url)).toBe('https://tickets.example/join?ref=ABCD2345');
  }
  expect(link()).toBe('https://api.example/pages/promotions/join?ref=ABCD2345');
});

test('a reward is in the currency of the wallet, else in that of the visit, else there is none', () => {
  const gbp = { amount: 400, currency: 'GBP' };
  expect(rewardIn('GBP', 'EUR')).toEqual(gbp);
  expect(rewardIn(undefined, 'GBP')).toEqual(gbp);
  expect(rewardIn('XAF', 'GBP')).toEqual(gbp);
  expect(rewardIn('XAF', null)).toBeNull();
});

test('a visit deserves rewards when it cost twice as much as both', () => {
  const cost = (amount: number, currency: string) => amount >= (leastPaid(currency) ?? Infinity);
  expect([cost(1_600, 'GBP'), cost(1_599, 'GBP'), cost(1, 'EUR'), cost(9_000_000, 'XAF')]).toEqual([
    ...[true, false, false, false],
  ]);
});
