import { budget } from './budget.ts';
import { cities } from './cities.ts';
import { currency } from './currency.ts';
import { firstBooking } from './first-booking.ts';
import { minimumSpend } from './minimum-spend.ts';
import { organiser } from './organiser.ts';
import { ownShow } from './own-show.ts';
import { perUserLimit } from './per-user-limit.ts';
import { redemptionLimit } from './redemption-limit.ts';
import type { Rejection, Rule, Use } from './rule.ts';
import { takesSomething } from './takes-something.ts';
import { titles } from './titles.ts';
import { window } from './window.ts';

export type { Rejection, Use } from './rule.ts';

/** In the order in which a customer is told: first what no other choice of seats would change. */
const RULES: readonly Rule[] = [
  ...[window, redemptionLimit, perUserLimit, firstBooking],
  ...[cities, organiser, ownShow, titles, currency, minimumSpend, takesSomething, budget],
];

/** The first condition of a coupon that a use does not meet; null when it meets all. */
export function rejectionOf(use: Use): Rejection | null {
  for (const rule of RULES) {
    const rejection = rule(use);
    if (rejection !== null) return rejection;
  }
  return null;
}
