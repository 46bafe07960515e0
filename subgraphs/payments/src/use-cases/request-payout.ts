import { badInput } from '@marquee/errors';
import { isCurrency, type Money } from '@marquee/money';
import {
  assertFreshSignIn,
  type FindOrganisationRoles,
  type RunIdempotently,
  type UserCaller,
} from '@marquee/subgraph';
import { isPossibleId, newId } from '@marquee/subgraph/ids';

import { requireFinance } from '../access.ts';
import type { ProviderName } from '../domain/payment-provider.ts';
import type { Payout } from '../domain/payout.ts';
import type { PayoutAccounts, Payouts } from '../domain/ports.ts';
import { PayoutExceedsBalanceError } from '../errors.ts';

export interface RequestPayoutDeps {
  readonly payouts: Pick<Payouts, 'request' | 'find'>;
  readonly payoutAccounts: Pick<PayoutAccounts, 'available'>;
  readonly provider: ProviderName;
  readonly findOrganisationRoles: FindOrganisationRoles;
  readonly runIdempotently: RunIdempotently;
  readonly now: () => Date;
}

export interface RequestPayoutInput {
  readonly caller: UserCaller;
  readonly organisationId: string;
  readonly amount: Money;
  readonly idempotencyKey: string;
}

/**
 * Pays out what is available to an organisation, or a part of it. The provider gets it within seconds.
 *
 * @throws {PayoutExceedsBalanceError} when less is available
 * @throws {CodedError} FORBIDDEN unless the user owns the organisation or looks after its finances, and when the sign-in
 *   is not fresh, BAD_USER_INPUT, and for the idempotency key
 */
export async function requestPayout(deps: RequestPayoutDeps, input: RequestPayoutInput): Promise<Payout> {
  const { caller, organisationId, amount, idempotencyKey: key } = input;
  const { userId } = caller;
  return deps.runIdempotently(
    { caller: userId, operation: 'requestPayout', key, body: { organisationId, amount } },
    async (record) => {
      requireFinance(await deps.findOrganisationRoles(userId), organisationId);
      assertFreshSignIn(caller, deps.now());
      if (amount.amount <= 0) throw badInput('input.amount.amount', 'Enter an amount above zero.');
      if (!isCurrency(amount.currency)) throw badInput('input.amount.currency', 'Enter an ISO 4217 currency code.');
      const payout = { id: newId('pyo'), organisationId, amount, createdAt: deps.now(), provider: deps.provider.name };
      const requested = await deps.payouts.request({ ...payout, requestedBy: userId, scheduledFor: null }, record);
      if (requested) return requested;
      throw new PayoutExceedsBalanceError(await deps.payoutAccounts.available(organisationId, amount.currency));
    },
    async (payoutId) => {
      const payout = isPossibleId(payoutId) ? await deps.payouts.find(payoutId) : null;
      if (!payout) throw new Error('The payout of an idempotency key is missing');
      return payout;
    },
  );
}
