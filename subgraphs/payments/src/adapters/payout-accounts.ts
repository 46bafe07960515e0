import { type Money, toMoney } from '@marquee/money';
import type { JournalEntryKind, PrismaClient } from '@marquee/prisma-payments';
import type { LatestPage } from '@marquee/subgraph';

import { accountId } from '../domain/ledger.ts';
import type { PayoutBalance, PayoutEntry } from '../domain/payout.ts';
import type { PayoutAccounts } from '../domain/ports.ts';

interface EntryRow extends Omit<PayoutEntry, 'kind' | 'amount'> {
  readonly kind: JournalEntryKind;
  readonly amount: bigint;
}

const KINDS: Readonly<Partial<Record<JournalEntryKind, PayoutEntry['kind']>>> = {
  CARD_REFUND: 'REFUND',
  WALLET_REFUND: 'REFUND',
  PAYOUT: 'PAYOUT',
  PAYOUT_FAILED: 'PAYOUT_RETURNED',
};

/** The amounts owed to organisations, read from the ledger. */
export class PayoutAccountRepository implements PayoutAccounts {
  readonly #client: PrismaClient;

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  async currencies(organisationId: string): Promise<string[]> {
    const rows = await this.#client.$queryRaw<{ currency: string }[]>`
      SELECT currency FROM ledger_accounts
      WHERE owner_id = ${organisationId} AND kind IN ('VENUE_PENDING', 'VENUE_AVAILABLE')
      GROUP BY currency ORDER BY count(*) DESC, currency`;
    return rows.map(({ currency }) => currency);
  }

  async balance(organisationId: string, currency: string): Promise<PayoutBalance> {
    const account = accountId({ kind: 'VENUE_AVAILABLE', organisationId, currency });
    const [available] = await this.#client.$queryRaw<{ amount: bigint }[]>`
      SELECT -amount AS amount FROM ledger_balances WHERE account_id = ${account} AND shard = 0`;
    const pending = await this.#client.$queryRaw<{ date: string; amount: bigint }[]>`
      SELECT (show.ends_at AT TIME ZONE 'UTC')::date::text AS date, -sum(balance.amount)::bigint AS amount
      FROM payable_shows AS show
      JOIN ledger_balances AS balance ON balance.account_id = 'pending:' || show.id || ':' || ${currency}::text
      WHERE show.organisation_id = ${organisationId} AND show.settled_at IS NULL
      GROUP BY 1 HAVING sum(balance.amount) <> 0 ORDER BY 1`;
    const pendingByDate = pending.map(({ date, amount }) => ({ date, amount: toMoney(amount, currency) }));
    return {
      available: toMoney(available?.amount ?? 0n, currency),
      pending: { amount: sum(pendingByDate.map(({ amount }) => amount)), currency },
      pendingByDate,
    };
  }

  async entries(organisationId: string, currency: string, { limit, after }: LatestPage): Promise<PayoutEntry[]> {
    const rows = await this.#client.$queryRaw<EntryRow[]>`
      SELECT entry.id, entry.kind, entry.created_at AS "createdAt", payment.booking_id AS "bookingId", owed.amount
      FROM journal_entries AS entry LEFT JOIN payments AS payment ON payment.id = entry.payment_id
      CROSS JOIN LATERAL (
        SELECT -sum(posting.amount)::bigint AS amount
        FROM postings AS posting JOIN ledger_accounts AS account ON account.id = posting.account_id
        WHERE posting.entry_id = entry.id AND account.owner_id = ${organisationId}
          AND account.kind IN ('VENUE_PENDING', 'VENUE_AVAILABLE') AND account.currency = ${currency}) AS owed
      WHERE entry.organisation_id = ${organisationId} AND entry.kind NOT IN ('SHOW_SETTLED', 'PAYOUT_PAID')
        AND owed.amount <> 0 AND (${after?.id ?? null}::text IS NULL
          OR (entry.created_at, entry.id) < (${after?.createdAt ?? null}::timestamptz, ${after?.id ?? null}::text))
      ORDER BY entry.created_at DESC, entry.id DESC LIMIT ${limit + 1}`;
    return rows.map(({ kind, amount, ...row }) => ({
      ...{ ...row, kind: KINDS[kind] ?? 'SALE' },
      amount: toMoney(amount, currency),
    }));
  }
}

function sum(amounts: readonly Money[]): number {
  return amounts.reduce((total, { amount }) => total + amount, 0);
}
