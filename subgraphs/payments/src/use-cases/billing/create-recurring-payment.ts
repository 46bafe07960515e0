import { badInput } from '@marquee/errors';
import type { Money } from '@marquee/money';
import { assertFreshSignIn, type RunIdempotently, type UserCaller } from '@marquee/subgraph';
import { newId } from '@marquee/subgraph/ids';

import type { BillingInterval } from '../../domain/billing/calendar.ts';
import { type Mandate, newMandate, type NewMandate } from '../../domain/billing/mandate.ts';
import type { MandateCharges, Mandates } from '../../domain/billing/ports.ts';
import { needsFreshSignIn } from '../../domain/fresh-sign-in.ts';
import { BUSY_MS } from '../../domain/payment.ts';
import type { PayWith } from '../../domain/payment-instrument.ts';
import { requireReturnUrl } from '../../domain/return-url.ts';
import { assertTopUpAmount } from '../../domain/top-up-limits.ts';
import { assertMayTryCard, type MayTryCardDeps } from '../assert-may-try-card.ts';
import { collectFirstCharge, type FirstChargeDeps, type RequestedMandate } from './first-charge.ts';
import { mandateInstrument, type MandateInstrumentDeps } from './mandate-instrument.ts';
import { requireTimeZone } from './subscribe-to-plan.ts';

export interface CreateRecurringPaymentDeps extends FirstChargeDeps, Omit<MandateInstrumentDeps, 'cards' | 'provider'> {
  readonly payments: FirstChargeDeps['payments'] & MayTryCardDeps['payments'];
  readonly cards: FirstChargeDeps['cards'] & MandateInstrumentDeps['cards'];
  readonly mandates: Pick<Mandates, 'find' | 'assertNew' | 'create' | 'countRecurring'>;
  readonly charges: Pick<MandateCharges, 'open' | 'find' | 'latestOf'>;
  readonly runIdempotently: RunIdempotently;
  readonly freshSignInAmount: number;
  /** Sites that customers may be sent to after a payment's page. */
  readonly returnOrigins: readonly string[];
}

export interface CreateRecurringPaymentInput {
  readonly caller: UserCaller;
  readonly purpose: 'WALLET_TOP_UP' | 'GIFT';
  readonly amount: Money;
  readonly interval: BillingInterval;
  readonly with: PayWith;
  readonly startsAt?: Date | null | undefined;
  readonly timeZone?: string | null | undefined;
  readonly returnUrl?: string | null | undefined;
  readonly idempotencyKey: string;
}

/** The most recurring payments that a customer may have at a time. */
const MAX_RECURRING = 20;
/** How far ahead a recurring payment may start. */
const MAX_AHEAD_MS = 366 * 86_400_000;

/**
 * Adds to the customer's wallet from a card on a schedule: at once, or from `startsAt` on.
 *
 * @throws {UserError} as {@link collectFirstCharge} and {@link mandateInstrument} do
 * @throws {CodedError} FORBIDDEN when the sign-in is not fresh, BAD_USER_INPUT, NOT_FOUND, and for the idempotency key
 */
export async function createRecurringPayment(
  deps: CreateRecurringPaymentDeps,
  { idempotencyKey: key, ...input }: CreateRecurringPaymentInput,
): Promise<Mandate> {
  const { caller, returnUrl: given, ...asked } = input;
  const returnUrl = requireReturnUrl(given, deps.returnOrigins);
  const body = { ...asked, ...(returnUrl !== null && { returnUrl }) };
  const requested = await deps.runIdempotently(
    { caller: caller.userId, operation: 'createRecurringPayment', key, body },
    async (record): Promise<RequestedMandate> => {
      await deps.mandates.assertNew(record);
      if ((await deps.mandates.countRecurring(caller.userId)) >= MAX_RECURRING)
        throw badInput('input.purpose', `You have ${MAX_RECURRING} recurring payments. Cancel one of them first.`);
      const schedule = scheduleOf(input, deps.now());
      assertTopUpAmount(input.amount);
      if (input.with.wallet === true) throw badInput('input.with.wallet', 'Choose a card to top up the wallet.');
      if (needsFreshSignIn(input.amount, input.with, deps.freshSignInAmount)) assertFreshSignIn(caller, deps.now());
      await assertMayTryCard(deps, caller.userId);
      const instrument = await mandateInstrument(deps, caller, input.with);
      const mandate = await deps.mandates.create(
        recurringPayment(input, schedule, instrument, deps.now()),
        null,
        record,
      );
      if (typeof mandate === 'string') throw new Error(`A recurring payment was refused: ${mandate}`);
      return { mandate, plan: null };
    },
    async (id) => ({ mandate: await deps.mandates.find(id), plan: null }),
  );
  return collectFirstCharge(deps, requested, { returnUrl });
}

function scheduleOf({ interval, startsAt, timeZone }: Omit<CreateRecurringPaymentInput, 'idempotencyKey'>, now: Date) {
  const aheadMs = startsAt ? startsAt.getTime() - now.getTime() : 0;
  if (aheadMs < 0 || aheadMs > MAX_AHEAD_MS) throw badInput('input.startsAt', 'Enter a time within the next year.');
  return { anchor: startsAt ?? now, interval, timeZone: requireTimeZone(timeZone) };
}

function recurringPayment(
  { caller, purpose, amount: price }: Omit<CreateRecurringPaymentInput, 'idempotencyKey'>,
  schedule: Mandate['schedule'],
  instrument: Pick<NewMandate, 'method' | 'paymentMethodId'>,
  now: Date,
): NewMandate {
  const terms = { id: newId('rcp'), customerId: caller.userId, purpose, price, schedule, ...instrument };
  const mandate = newMandate(terms, now);
  if (schedule.anchor > now) return { ...mandate, status: 'ACTIVE', nextActionAt: schedule.anchor };
  return { ...mandate, nextActionAt: new Date(now.getTime() + BUSY_MS) };
}
