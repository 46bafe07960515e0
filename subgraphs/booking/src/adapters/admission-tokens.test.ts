import { expect, test } from 'vitest';

import { AdmissionTokens } from './admission-tokens.ts';

const [SECRET, NEXT] = ['a'.repeat(32), 'b'.repeat(32)];
const ANNA = { showId: 'lon_shw_1', customerId: 'usr_anna' };
const opening = new Date('2027-01-01T10:00:00Z');
const minutesLater = (minutes: number): Date => new Date(opening.getTime() + minutes * 60_000);
const tokensAt = (now: Date, secrets: readonly string[] = [SECRET]) => new AdmissionTokens(secrets, () => now);

test('a token admits its customer to its show until its time is over, and nobody else', () => {
  const tokens = tokensAt(opening);
  const token = tokens.tokenOf(ANNA, minutesLater(15));
  expect(tokens.admits(token, ANNA)).toBe(true);
  expect(tokens.admits(token, { ...ANNA, customerId: 'usr_bob' })).toBe(false);
  expect(tokens.admits(token, { ...ANNA, showId: 'lon_shw_2' })).toBe(false);
  expect(tokensAt(minutesLater(15)).admits(token, ANNA)).toBe(false);
  const longer = token.replace(/\d+/, (digits) => String(Number(digits) + 600));
  expect(tokens.admits(longer, ANNA)).toBe(false);
  expect(tokens.admits('', ANNA)).toBe(false);
});

test('a token of a former secret admits while that secret is kept', () => {
  const token = tokensAt(opening).tokenOf(ANNA, minutesLater(15));
  expect(tokensAt(opening, [NEXT, SECRET]).admits(token, ANNA)).toBe(true);
  expect(tokensAt(opening, [NEXT]).admits(token, ANNA)).toBe(false);
});
