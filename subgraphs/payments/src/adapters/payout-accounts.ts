import { type Money, sumOf, toMoney } from '@marquee/money';
import type { JournalEntryKind, PrismaClient } from '@marquee/prisma-payments';
import { type LatestPage } from '@marquee/subgraph';

import type { PayoutAccount, PayoutEntry } from '../domain/payout.ts';
import type { PayoutAccounts } from '../domain/ports.ts';

interface EntryRow extends Omit<PayoutEntry, 'kind' | 'amount'> {
  readonly kind: JournalEntryKind;
  readonly amount: bigint;
}

interface AccountRow extends Pick<PayoutAccount, 'organisationId' | 'currency' | 'currencies'> {
  readonly available: bigint;
  readonly pending: readonly { readonly date: string; readonly amount: number }[];
}

const KINDS: Readonly<Partial<Record<JournalEntryKind, PayoutEntry['kind']>>> = {
  CARD_REFUND: 'REFUND',
  WALLET_REFUND: 'REFUND',
  DISPUTE_LOST: 'REFUND',
  PAYOUT: 'PAYOUT',
  PAYOUT_FAILED: 'PAYOUT_RETURNED',
};

/** The amounts owed to organisations, read from the ledger. */
export class PayoutAccountRepository implements PayoutAccounts {
  readonly #client: PrismaClient;
  readonly #defaultCurrency: string;

  /** @param defaultCurrency of an organisation that has earned nothing */
  constructor(client: PrismaClient, defaultCurrency: string) {
    this.#client = client;
    this.#defaultCurrency = defaultCurrency;
  }

  async ofOrganisations(organisationIds: readonly string[], currency: string | null): Promise<PayoutAccount[]> {
    const rows = await this.#client.$queryRaw<AccountRow[]>`
      WITH shown AS (
        SELECT organisation_id, currencies, coalesce(${currency}::text, currencies[1], ${this.#defaultCurrency}) AS currency
        FROM unnest(${organisationIds}::text[]) AS asked (organisation_id) CROSS JOIN LATERAL (
          SELECT ARRAY(SELECT currency::text FROM ledger_accounts
            WHERE owner_id = organisation_id AND kind IN ('VENUE_PENDING', 'VENUE_AVAILABLE')
            GROUP BY currency ORDER BY count(*) DESC, currency) AS currencies) AS earned
      )
      SELECT organisation_id AS "organisationId", currency, currencies,
        -coalesce((SELECT amount FROM ledger_balances
          WHERE account_id = 'available:' || organisation_id || ':' || currency AND shard = 0), 0) AS available,
        ARRAY(SELECT jsonb_build_object('date', date, 'amount', amount) FROM (
          SELECT (show.ends_at AT TIME ZONE 'UTC')::date AS date, -sum(balance.amount) AS amount
          FROM payable_shows AS show
          JOIN ledger_balances AS balance ON balance.account_id = 'pending:' || show.id || ':' || currency
          WHERE show.organisation_id = shown.organisation_id AND show.settled_at IS NULL
          GROUP BY 1 HAVING sum(balance.amount) <> 0 ORDER BY 1) AS day) AS pending
      FROM shown`;
    return rows.map(toAccount);
  }

  async available(organisationId: string, currency: string): Promise<Money> {
    const [account] = await this.ofOrganisations([organisationId], currency);
    return account?.available ?? { amount: 0, currency };
  }

  async entries(
    organisationIds: readonly string[],
    currency: string,
    { limit, after }: LatestPage,
  ): Promise<PayoutEntry[]> {
    const rows = await this.#client.$queryRaw<EntryRow[]>`
      SELECT page.* FROM unnest(${organisationIds}::text[]) AS asked (organisation_id) CROSS JOIN LATERAL (
        SELECT entry.id, entry.organisation_id AS "organisationId", entry.kind, entry.created_at AS "createdAt",
          payment.booking_id AS "bookingId", owed.amount
        FROM journal_entries AS entry LEFT JOIN payment_disputes AS dispute ON dispute.id = entry.dispute_id
        LEFT JOIN payments AS payment ON payment.id = coalesce(entry.payment_id, dispute.payment_id)
        CROSS JOIN LATERAL (
          SELECT -sum(posting.amount)::bigint AS amount
          FROM postings AS posting JOIN ledger_accounts AS account ON account.id = posting.account_id
          WHERE posting.entry_id = entry.id AND account.owner_id = asked.organisation_id
            AND account.kind IN ('VENUE_PENDING', 'VENUE_AVAILABLE') AND account.currency = ${currency}) AS owed
        WHERE entry.organisation_id = asked.organisation_id AND entry.kind NOT IN ('SHOW_SETTLED', 'PAYOUT_PAID')
          AND owed.amount <> 0 AND (${after?.id ?? null}::text IS NULL
            OR (entry.created_at, entry.id) < (${after?.createdAt ?? null}::timestamptz, ${after?.id ?? null}::text))
        ORDER BY entry.created_at DESC, entry.id DESC LIMIT ${limit + 1}) AS page
      ORDER BY "createdAt" DESC, id DESC`;
    return rows.map(({ kind, amount, ...row }) => ({
      ...{ ...row, kind: KINDS[kind] ?? 'SALE' },
      amount: toMoney(amount, currency),
    }));
  }
}

function toAccount({ available, pending, currency, ...row }: AccountRow): PayoutAccount {
  return {
    ...{ ...row, currency },
    available: toMoney(available, currency),
    pending: { amount: sumOf(pending.map(({ amount }) => amount)), currency },
    pendingByDate: pending.map(({ date, amount }) => ({ date, amount: { amount, currency } })),
  };
}
