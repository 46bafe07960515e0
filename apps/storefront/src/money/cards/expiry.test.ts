import { expect, it } from 'vitest';

import { hasExpired } from './expiry.ts';

it('lets a card be used until its month has ended', () => {
  const card = { expiryMonth: 12, expiryYear: 2026 };
  expect(hasExpired(card, new Date('2026-12-31T23:59:59Z'))).toBe(false);
  expect(hasExpired(card, new Date('2027-01-01T00:00:00Z'))).toBe(true);
});
