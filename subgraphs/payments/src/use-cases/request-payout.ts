import { badInput } from '@marquee/errors';
import type { Money } from '@marquee/money';
import type { FindOrganisationRoles, RunIdempotently } from '@marquee/subgraph';
import { isPossibleId, newId } from '@marquee/subgraph/ids';

import { requireFinance } from '../access.ts';
import type { ProviderName } from '../domain/payment-provider.ts';
import type { Payout } from '../domain/payout.ts';
import type { PayoutAccounts, Payouts } from '../domain/ports.ts';
import { PayoutExceedsBalanceError } from '../errors.ts';

export interface RequestPayoutDeps {
  readonly payouts: Pick<Payouts, 'request' | 'find'>;
  readonly payoutAccounts: Pick<PayoutAccounts, 'balance'>;
  readonly provider: ProviderName;
  readonly findOrganisationRoles: FindOrganisationRoles;
  readonly runIdempotently: RunIdempotently;
  readonly now: () => Date;
}

export interface RequestPayoutInput {
  readonly userId: string;
  readonly organisationId: string;
  readonly amount: Money;
  readonly idempotencyKey: string;
}

/**
 * Pays out what is available to an organisation, or a part of it. The provider gets it within seconds.
 *
 * @throws {PayoutExceedsBalanceError} when less is available
 * @throws {CodedError} FORBIDDEN unless the user owns the organisation or looks after its finances, BAD_USER_INPUT, and
 *   for the idempotency key
 */
export async function requestPayout(deps: RequestPayoutDeps, input: RequestPayoutInput): Promise<Payout> {
  const { userId, organisationId, amount, idempotencyKey: key } = input;
  return deps.runIdempotently(
    { caller: userId, operation: 'requestPayout', key, body: { organisationId, amount } },
    async (record) => {
      requireFinance(await deps.findOrganisationRoles(userId), organisationId);
      if (amount.amount <= 0) throw badInput('input.amount.amount', 'Enter an amount above zero.');
      const payout = { id: newId('pyo'), organisationId, amount, createdAt: deps.now(), provider: deps.provider.name };
      const requested = await deps.payouts.request({ ...payout, requestedBy: userId, scheduledFor: null }, record);
      if (requested) return requested;
      const { available } = await deps.payoutAccounts.balance(organisationId, amount.currency);
      throw new PayoutExceedsBalanceError(available);
    },
    async (payoutId) => {
      const payout = isPossibleId(payoutId) ? await deps.payouts.find(payoutId) : null;
      if (!payout) throw new Error('The payout of an idempotency key is missing');
      return payout;
    },
  );
}
