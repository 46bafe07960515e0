import type { SqlTransaction } from '@marquee/database';
import { newId } from '@marquee/subgraph/ids';

import { accountId, type JournalEntry, type LedgerAccount } from '../domain/ledger.ts';

/**
 * Posts an entry in the caller's transaction. A trigger moves the wallet balances and locks their rows until the
 * transaction ends; the sum of the postings is checked at commit.
 *
 * @throws a violation of `wallet_balances_not_negative` when a wallet holds too little
 */
export async function postEntry(
  sql: SqlTransaction,
  { kind, paymentId, refundId, postings }: JournalEntry,
  at: Date,
): Promise<void> {
  await openAccounts(
    sql,
    postings.map(({ account }) => account),
  );
  const lines = JSON.stringify(
    postings.map(({ account, amount }) => ({ account: accountId(account), currency: account.currency, amount })),
  );
  await sql.$executeRaw`
    WITH entry AS (
      INSERT INTO journal_entries (id, kind, payment_id, refund_id, created_at)
      VALUES (${newId('jrn')}, ${kind}::journal_entry_kind, ${paymentId}, ${refundId}, ${at}::timestamptz)
      RETURNING id
    )
    INSERT INTO postings (entry_id, account_id, currency, amount)
    SELECT entry.id, line ->> 'account', line ->> 'currency', (line ->> 'amount')::bigint
    FROM entry, jsonb_array_elements(${lines}::jsonb) WITH ORDINALITY AS row (line, position)
    ORDER BY position`;
}

/** Opens accounts in the order of their ids, so that two transactions that open the same ones never deadlock. */
async function openAccounts(sql: SqlTransaction, accounts: readonly LedgerAccount[]): Promise<void> {
  const rows = accounts.map((account) => ({
    id: accountId(account),
    kind: account.kind,
    currency: account.currency,
    owner: account.kind === 'CUSTOMER_WALLET' ? account.customerId : null,
  }));
  await sql.$executeRaw`
    INSERT INTO ledger_accounts (id, kind, owner_id, currency)
    SELECT row.id, row.kind::ledger_account_kind, row.owner, row.currency
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS row (id text, kind text, owner text, currency text)
    ORDER BY row.id
    ON CONFLICT DO NOTHING`;
}
