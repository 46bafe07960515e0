import { badInput } from '@marquee/errors';
import { isCurrency, type Money } from '@marquee/money';
import { isPossibleId } from '@marquee/subgraph/ids';

import { parseCode } from './coupon-code.ts';
import type { CouponKind, CouponTerms } from './coupon.ts';

type Maybe<T> = T | null | undefined;

/** The fields of a coupon as a client sends them. */
export interface CouponFields {
  readonly code: string;
  readonly kind: CouponKind;
  readonly percentOff?: Maybe<number>;
  readonly amountOff?: Maybe<Money>;
  readonly maximumDiscount?: Maybe<Money>;
  readonly minimumSpend?: Maybe<Money>;
  readonly budget?: Maybe<Money>;
  readonly titleIds?: Maybe<readonly string[]>;
  readonly cityIds?: Maybe<readonly string[]>;
  readonly firstBookingOnly?: Maybe<boolean>;
  readonly perUserLimit?: Maybe<number>;
  readonly redemptionLimit?: Maybe<number>;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly organisationId?: Maybe<string>;
}

/** The largest amount of a coupon, in minor units of any currency. */
const MAX_AMOUNT = 100_000_000_000;
const MAX_USES = 10_000_000;
/** Uses of a coupon that the marketplace pays for, where nobody says how many: its cost is always bounded. */
const MARKETPLACE_USES = 1_000;

/** Checks the terms of a new coupon. @throws {CodedError} BAD_USER_INPUT naming the field */
export function parseTerms(fields: CouponFields, now: Date): CouponTerms {
  const code = parseCode(fields.code);
  if (code === null) throw badInput('input.code', 'Enter 3 to 40 letters, digits and hyphens.');
  return {
    ...{ code, ...reductionOf(fields), ...amountsOf(fields), ...windowOf(fields, now) },
    titleIds: ids('input.titleIds', fields.titleIds),
    cityIds: ids('input.cityIds', fields.cityIds),
    firstBookingOnly: fields.firstBookingOnly ?? false,
    perUserLimit: limit('input.perUserLimit', fields.perUserLimit),
    redemptionLimit: usesOf(fields),
    organisationId: fields.organisationId ?? null,
  };
}

function usesOf({ redemptionLimit, budget, organisationId }: CouponFields): number | null {
  const isBounded = (organisationId ?? budget ?? null) !== null;
  return limit('input.redemptionLimit', redemptionLimit) ?? (isBounded ? null : MARKETPLACE_USES);
}

function reductionOf({ kind, percentOff = null, amountOff = null, maximumDiscount = null }: CouponFields) {
  if (kind === 'PERCENT') {
    if (amountOff !== null) throw badInput('input.amountOff', 'Leave out the amount, or choose the kind AMOUNT.');
    if (percentOff === null || percentOff < 1 || percentOff > 100)
      throw badInput('input.percentOff', 'Enter 1 to 100 percent.');
    return { kind, percentOff, amountOff };
  }
  if (percentOff !== null) throw badInput('input.percentOff', 'Leave out the percentage, or choose the kind PERCENT.');
  if (maximumDiscount !== null)
    throw badInput('input.maximumDiscount', 'Leave out the most, or choose the kind PERCENT.');
  if (amountOff === null) throw badInput('input.amountOff', 'Enter the amount that the coupon takes off.');
  return { kind, percentOff, amountOff: money('input.amountOff', amountOff) };
}

function amountsOf({ amountOff, maximumDiscount, minimumSpend, budget }: CouponFields) {
  const checked = {
    maximumDiscount: money('input.maximumDiscount', maximumDiscount),
    minimumSpend: money('input.minimumSpend', minimumSpend),
    budget: money('input.budget', budget),
  };
  const currency = (amountOff ?? maximumDiscount ?? minimumSpend ?? budget)?.currency;
  for (const [name, amount] of Object.entries(checked)) {
    if (amount !== null && amount.currency !== currency)
      throw badInput(`input.${name}.currency`, 'Enter all amounts of a coupon in one currency.');
  }
  return checked;
}

function windowOf({ startsAt, endsAt }: CouponFields, now: Date) {
  if (endsAt <= startsAt) throw badInput('input.endsAt', 'Choose an end after the start.');
  if (endsAt <= now) throw badInput('input.endsAt', 'Choose an end that is still to come.');
  return { startsAt, endsAt };
}

function money<M extends Money>(field: string, given: M): Money;
function money(field: string, given: Maybe<Money>): Money | null;
function money(field: string, given: Maybe<Money>): Money | null {
  if (given === null || given === undefined) return null;
  const { amount, currency } = given;
  if (!isCurrency(currency)) throw badInput(`${field}.currency`, 'Enter an ISO 4217 currency code.');
  if (amount < 1 || amount > MAX_AMOUNT) throw badInput(`${field}.amount`, `Enter an amount of 1 to ${MAX_AMOUNT}.`);
  return { amount, currency };
}

function limit(field: string, given: Maybe<number>): number | null {
  if (given === null || given === undefined) return null;
  if (given < 1 || given > MAX_USES) throw badInput(field, `Enter a number from 1 to ${MAX_USES}.`);
  return given;
}

function ids(field: string, given: Maybe<readonly string[]>): readonly string[] {
  const all = [...new Set(given ?? [])];
  if (!all.every(isPossibleId)) throw badInput(field, 'Enter ids as the catalogue has them.');
  return all;
}
