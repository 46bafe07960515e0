import type { SqlTransaction } from '@marquee/database';

import { accountId, type JournalEntry, type LedgerAccount } from '../domain/ledger.ts';

/**
 * Posts an entry, in the caller's transaction.
 *
 * Wallets' balances move with it, by trigger: their rows are locked from here to the end of the transaction. Whether
 * the postings sum to zero is judged at the commit.
 *
 * @throws a violation of `wallet_balances_not_negative` when a wallet holds too little
 */
export async function postEntry(tx: SqlTransaction, entryId: string, entry: JournalEntry, now: Date): Promise<void> {
  const accounts = entry.postings.map(({ account }) => account);
  await openAccounts(tx, accounts);
  const { kind, paymentId, refundId, postings } = entry;
  const lines = JSON.stringify(
    postings.map(({ account, amount }) => ({ account: accountId(account), currency: account.currency, amount })),
  );
  await tx.$executeRaw`
    WITH entry AS (
      INSERT INTO journal_entries (id, kind, payment_id, refund_id, created_at)
      VALUES (${entryId}, ${kind}::journal_entry_kind, ${paymentId}, ${refundId}, ${now}::timestamptz)
      RETURNING id
    )
    INSERT INTO postings (entry_id, account_id, currency, amount)
    SELECT entry.id, line ->> 'account', line ->> 'currency', (line ->> 'amount')::int
    FROM entry, jsonb_array_elements(${lines}::jsonb) WITH ORDINALITY AS row (line, position)
    ORDER BY position`;
}

/** In the order of their ids, so that two transactions that open the same accounts cannot lock each other out. */
async function openAccounts(tx: SqlTransaction, accounts: readonly LedgerAccount[]): Promise<void> {
  const rows = accounts.map((account) => ({
    id: accountId(account),
    kind: account.kind,
    currency: account.currency,
    owner: account.kind === 'CUSTOMER_WALLET' ? account.customerId : null,
  }));
  await tx.$executeRaw`
    INSERT INTO ledger_accounts (id, kind, owner_id, currency)
    SELECT row.id, row.kind::ledger_account_kind, row.owner, row.currency
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS row (id text, kind text, owner text, currency text)
    ORDER BY row.id
    ON CONFLICT DO NOTHING`;
}
