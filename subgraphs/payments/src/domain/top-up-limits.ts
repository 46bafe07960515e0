import { badInput } from '@marquee/errors';
import { formatMoney, isCurrency, type Money } from '@marquee/money';

import { balanceIn, type Wallet } from './wallet.ts';

/** Largest single top-up, in minor units of any currency. */
const MAX_TOP_UP = 100_000_000;
/** Largest balance a top-up may reach. Refunds may exceed it, within what an amount can express. */
export const MAX_BALANCE = 1_000_000_000;

/** @throws {CodedError} BAD_USER_INPUT naming the field */
export function assertTopUpAmount({ amount, currency }: Money): void {
  if (amount <= 0) throw badInput('input.amount.amount', 'Enter an amount above zero.');
  if (!isCurrency(currency)) throw badInput('input.amount.currency', 'Enter an ISO 4217 currency code.');
  if (amount <= MAX_TOP_UP) return;
  const most = formatMoney({ amount: MAX_TOP_UP, currency });
  throw badInput('input.amount.amount', `The most you can top up at once is ${most}.`);
}

/** Whether a wallet would hold too much after a top-up. */
export function exceedsMaxBalance(wallet: Wallet, { amount, currency }: Money): boolean {
  return balanceIn(wallet, currency).amount + amount > MAX_BALANCE;
}
