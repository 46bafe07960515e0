import { sql, type SqlTransaction } from '@marquee/database';
import { minorUnits } from '@marquee/money';

import { accountId, rewardEntry, takenBackEntry, type WalletReward, walletOf } from '../domain/ledger.ts';
import { postEntry, posting } from './ledger.ts';

/** Rewards in wallets, at Marquee's expense. The row of a reward lets each of its events count once, in either order. */
export class WalletRewardRepository {
  readonly #tx: SqlTransaction;
  readonly #now: () => Date;

  constructor(tx: SqlTransaction, now: () => Date) {
    this.#tx = tx;
    this.#now = now;
  }

  /** Adds a reward to its wallet, unless that was done, or the reward was taken back before. */
  async credit(reward: WalletReward): Promise<void> {
    await this.#tx.$executeRaw`
      WITH credited AS (
        INSERT INTO wallet_rewards (id, status, customer_id, currency)
        VALUES (${reward.id}, 'CREDITED', ${reward.customerId}, ${reward.amount.currency})
        ON CONFLICT (id) DO NOTHING RETURNING id
      ), ${posting(rewardEntry(reward), this.#now(), sql`credited`)} SELECT`;
  }

  /** Takes a reward out of its wallet again, as far as the balance goes; a trigger takes the rest from what is credited next. */
  async takeBack(reward: WalletReward): Promise<void> {
    const [taken] = await this.#tx.$queryRaw<{ wasCredited: boolean }[]>`
      INSERT INTO wallet_rewards AS reward (id, status, customer_id, currency)
      VALUES (${reward.id}, 'TAKEN_BACK', ${reward.customerId}, ${reward.amount.currency})
      ON CONFLICT (id) DO UPDATE SET status = 'TAKEN_BACK', customer_id = excluded.customer_id,
        currency = excluded.currency
      WHERE reward.status = 'CREDITED'
      RETURNING xmax <> 0 AS "wasCredited"`;
    if (!taken?.wasCredited) return;
    const { currency } = reward.amount;
    const [held] = await this.#tx.$queryRaw<{ amount: bigint }[]>`
      SELECT amount FROM wallet_balances WHERE account_id = ${accountId(walletOf(reward))} FOR UPDATE`;
    const amount = Math.min(reward.amount.amount, minorUnits(held?.amount ?? 0n));
    if (amount > 0) await postEntry(this.#tx, takenBackEntry({ ...reward, amount: { amount, currency } }), this.#now());
    const owed = reward.amount.amount - amount;
    await this.#tx.$executeRaw`UPDATE wallet_rewards SET owed = ${owed}::bigint WHERE id = ${reward.id}`;
  }
}
