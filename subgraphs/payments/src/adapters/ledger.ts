import { type Sql, sql, type SqlTransaction } from '@marquee/database';
import { newId } from '@marquee/subgraph/ids';

import { accountId, type JournalEntry, type LedgerAccount } from '../domain/ledger.ts';

/**
 * Posts an entry in the caller's transaction. Triggers check that its postings sum to zero, move the balances, and lock
 * their rows until the transaction ends.
 *
 * @throws a violation of `wallet_balances_not_negative` when a wallet holds too little
 */
export async function postEntry(client: SqlTransaction, entry: JournalEntry, at: Date): Promise<void> {
  await client.$executeRaw`WITH ${posting(entry, at)} SELECT`;
}

/**
 * The parts `opened`, `entry` and `posted` of a statement that posts an entry, as {@link postEntry} does.
 *
 * @param given a part of that statement with one row; without the row nothing is posted
 */
export function posting(
  {
    kind,
    paymentId,
    refundId,
    payoutId = null,
    reviewId = null,
    rewardId = null,
    disputeId = null,
    ...of
  }: JournalEntry,
  at: Date,
  given: Sql = sql`(VALUES (1)) AS given`,
): Sql {
  const { settlementId = null, organisationId, postings } = of;
  const accounts = JSON.stringify(postings.map(({ account }) => toRow(account)));
  const lines = JSON.stringify(
    postings.map(({ account, amount }) => ({ account: accountId(account), currency: account.currency, amount })),
  );
  // Accounts are opened in the order of their ids, so that two statements that open the same ones never deadlock.
  return sql`opened AS (
      INSERT INTO ledger_accounts (id, kind, owner_id, show_id, currency)
      SELECT row.id, row.kind::ledger_account_kind, row.owner, row.show, row.currency
      FROM ${given}, jsonb_to_recordset(${accounts}::jsonb) AS row (
        id text, kind text, owner text, show text, currency text)
      ORDER BY row.id
      ON CONFLICT DO NOTHING
      RETURNING id
    ), entry AS (
      INSERT INTO journal_entries (id, kind, payment_id, refund_id, payout_id, review_id, reward_id, dispute_id,
        settlement_id, organisation_id, created_at)
      SELECT ${newId('jrn')}, ${kind}::journal_entry_kind, ${paymentId}, ${refundId}, ${payoutId}, ${reviewId},
        ${rewardId}, ${disputeId}, ${settlementId}, ${organisationId}, ${at}::timestamptz
      FROM ${given}
      RETURNING id
    ), posted AS (
      INSERT INTO postings (entry_id, account_id, currency, amount)
      SELECT entry.id, line ->> 'account', line ->> 'currency', (line ->> 'amount')::bigint
      FROM entry, jsonb_array_elements(${lines}::jsonb) WITH ORDINALITY AS row (line, position)
      WHERE (SELECT count(*) FROM opened) >= 0
      ORDER BY position
    )`;
}

function toRow(account: LedgerAccount): object {
  const { kind, currency } = account;
  const show = kind === 'VENUE_PENDING' ? account.showId : null;
  return { id: accountId(account), kind, currency, owner: ownerOf(account), show };
}

function ownerOf(account: LedgerAccount): string | null {
  if (account.kind === 'CUSTOMER_WALLET') return account.customerId;
  return 'organisationId' in account ? account.organisationId : null;
}
