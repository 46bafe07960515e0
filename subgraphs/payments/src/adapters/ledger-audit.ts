import type { Sql, SqlTransaction } from '@marquee/database';
import { sql } from '@marquee/database';

/** A fault that a check found. */
interface Finding {
  readonly what: string;
  readonly expected: string;
  readonly found: string;
}

/** A rule of the books; its statement selects what breaks it. */
interface Check {
  readonly rule: string;
  readonly broken: Sql;
}

/** The balances that triggers keep, credits negative. */
const BALANCES = sql`
  SELECT account_id, sum(amount) AS amount FROM ledger_balances GROUP BY account_id
  UNION ALL SELECT account_id, -amount FROM wallet_balances`;

/** Postings but for what Marquee pays for a customer. */
const AT_CUSTOMERS = sql`
  SELECT entry_id, postings.amount FROM postings JOIN ledger_accounts AS account ON account.id = account_id
  WHERE kind <> 'PROMOTION_EXPENSE'`;

const CHECKS: readonly Check[] = [
  {
    rule: 'the postings of an entry sum to zero',
    broken: sql`
      SELECT entry_id || ' in ' || currency AS what, '0' AS expected, sum(amount)::text AS found
      FROM postings GROUP BY entry_id, currency HAVING sum(amount) <> 0`,
  },
  {
    rule: 'an entry has postings',
    broken: sql`
      SELECT id AS what, 'postings' AS expected, 'none' AS found FROM journal_entries AS entry
      WHERE NOT EXISTS (SELECT FROM postings WHERE entry_id = entry.id)`,
  },
  {
    rule: 'a posting is in the currency of its account',
    broken: sql`
      SELECT 'posting ' || seq || ' to ' || account_id AS what, coalesce(account.currency, 'no account') AS expected,
        postings.currency AS found
      FROM postings LEFT JOIN ledger_accounts AS account ON account.id = account_id
      WHERE account.currency IS DISTINCT FROM postings.currency`,
  },
  {
    rule: 'the postings of an account sum to its balance',
    broken: sql`
      SELECT account_id AS what, coalesce(posted, 0)::text AS expected, coalesce(balances.amount, 0)::text AS found
      FROM (SELECT account_id, sum(amount) AS posted FROM postings GROUP BY account_id) AS sums
      FULL JOIN (${BALANCES}) AS balances USING (account_id)
      WHERE coalesce(posted, 0) <> coalesce(balances.amount, 0)`,
  },
  {
    rule: 'a payment is captured once it has succeeded, by its amount',
    broken: sql`
      SELECT payment.id AS what, payment.amount::text AS expected, coalesce(sum(posting.amount), 0)::text AS found
      FROM payments AS payment
      LEFT JOIN journal_entries AS entry ON entry.payment_id = payment.id AND entry.refund_id IS NULL
      LEFT JOIN (${AT_CUSTOMERS}) AS posting ON posting.entry_id = entry.id AND posting.amount > 0
      WHERE payment.status = 'SUCCEEDED' OR entry.id IS NOT NULL
      GROUP BY payment.id HAVING coalesce(sum(posting.amount), 0) <> payment.amount`,
  },
  {
    rule: 'a refund is posted once it was made, by its amount',
    broken: sql`
      SELECT refund.id AS what, CASE WHEN status = 'SUCCEEDED' THEN refund.amount ELSE 0 END::text AS expected,
        coalesce(-sum(posting.amount), 0)::text AS found
      FROM refunds AS refund LEFT JOIN journal_entries AS entry ON entry.refund_id = refund.id
      LEFT JOIN (${AT_CUSTOMERS}) AS posting ON posting.entry_id = entry.id AND posting.amount < 0
      GROUP BY refund.id
      HAVING coalesce(-sum(posting.amount), 0) <> CASE WHEN status = 'SUCCEEDED' THEN refund.amount ELSE 0 END`,
  },
  {
    rule: 'what a payment has refunded is the sum of its refunds, and of what is disputed',
    broken: sql`
      SELECT payment.id AS what, (coalesce(sum(refund.amount), 0) + disputed)::text AS expected, refunded_amount::text AS found
      FROM payments AS payment CROSS JOIN LATERAL (SELECT coalesce(sum(reserved), 0) AS disputed FROM payment_disputes
        WHERE payment_id = payment.id AND status <> 'WON') AS dispute
      LEFT JOIN refunds AS refund ON refund.payment_id = payment.id AND refund.status <> 'FAILED'
      GROUP BY payment.id, disputed HAVING coalesce(sum(refund.amount), 0) + disputed <> refunded_amount`,
  },
  {
    rule: 'a reward that was taken back is back, but for what is owed',
    broken: sql`
      SELECT reward.id AS what, reward.owed::text AS expected, coalesce(sum(posting.amount), 0)::text AS found
      FROM wallet_rewards AS reward LEFT JOIN journal_entries AS entry ON entry.reward_id = reward.id
      LEFT JOIN postings AS posting ON posting.entry_id = entry.id AND account_id LIKE 'promotions:%'
      WHERE reward.status = 'TAKEN_BACK' AND customer_id IS NOT NULL
      GROUP BY reward.id HAVING coalesce(sum(posting.amount), 0) <> reward.owed`,
  },
  {
    rule: 'what a provider withholds is the sum of the open disputes',
    broken: sql`
      SELECT coalesce(account_id, open.account) AS what, coalesce(open.amount, 0)::text AS expected,
        coalesce(balance.amount, 0)::text AS found
      FROM (SELECT account_id, sum(amount) AS amount FROM ledger_balances WHERE account_id LIKE 'disputed:%'
        GROUP BY account_id HAVING sum(amount) <> 0) AS balance
      FULL JOIN (SELECT 'disputed:' || provider || ':' || currency AS account, sum(amount) AS amount
        FROM payment_disputes WHERE status = 'OPEN' GROUP BY 1) AS open ON open.account = account_id
      WHERE coalesce(open.amount, 0) <> coalesce(balance.amount, 0)`,
  },
  {
    rule: 'what is held of wallets is what the open disputes hold',
    broken: sql`
      SELECT coalesce(account_id, open.account) AS what, coalesce(open.held, 0)::text AS expected,
        coalesce(-balance.amount, 0)::text AS found
      FROM (SELECT account_id, sum(amount) AS amount FROM ledger_balances WHERE account_id LIKE 'dispute-held:%'
        GROUP BY account_id HAVING sum(amount) <> 0) AS balance
      FULL JOIN (SELECT 'dispute-held:' || currency AS account, sum(held) AS held
        FROM payment_disputes WHERE status = 'OPEN' AND held > 0 GROUP BY 1) AS open ON open.account = account_id
      WHERE coalesce(open.held, 0) <> coalesce(-balance.amount, 0)`,
  },
  {
    rule: 'a wallet gives what a dispute claims of it: held while open, whole but for what is owed once lost',
    broken: sql`
      SELECT dispute.id AS what, given::text AS expected, coalesce(sum(posting.amount), 0)::text AS found
      FROM payment_disputes AS dispute CROSS JOIN LATERAL (
        SELECT CASE status WHEN 'OPEN' THEN held WHEN 'LOST' THEN claimed - owed ELSE 0 END AS given) AS due
      LEFT JOIN journal_entries AS entry ON entry.dispute_id = dispute.id
      LEFT JOIN postings AS posting ON posting.entry_id = entry.id AND account_id LIKE 'wallet:%'
      GROUP BY dispute.id, given HAVING coalesce(sum(posting.amount), 0) <> given`,
  },
  {
    rule: 'what is in transit is the sum of the pending payouts',
    broken: sql`
      SELECT coalesce(owner_id || ' in ' || account.currency, pending.what) AS what, coalesce(pending.amount, 0)::text AS expected,
        coalesce(-balance.amount, 0)::text AS found
      FROM (SELECT * FROM ledger_accounts WHERE kind = 'PAYOUTS_IN_TRANSIT') AS account
      JOIN (SELECT account_id, sum(amount) AS amount FROM ledger_balances GROUP BY 1) AS balance
        ON balance.account_id = account.id
      FULL JOIN (SELECT organisation_id || ' in ' || currency AS what, sum(amount) AS amount FROM payouts
        WHERE status = 'PENDING' GROUP BY organisation_id, currency) AS pending
        ON pending.what = owner_id || ' in ' || account.currency
      WHERE coalesce(pending.amount, 0) <> coalesce(-balance.amount, 0)`,
  },
  {
    rule: 'money in is money out and what is held',
    broken: sql`
      SELECT currency AS what, sum(came)::text AS expected, sum(went + held)::text AS found FROM (
        SELECT payment.currency, payment.amount AS came, 0 AS went, 0 AS held FROM payments AS payment
        WHERE method = 'CARD'
          AND EXISTS (SELECT FROM journal_entries WHERE payment_id = payment.id AND refund_id IS NULL)
        UNION ALL
        SELECT currency, 0, amount, 0 FROM refunds WHERE method = 'CARD' AND status = 'SUCCEEDED'
        UNION ALL
        SELECT currency, 0, amount, 0 FROM payouts WHERE status = 'PAID'
        UNION ALL
        SELECT currency, 0, fee + CASE status WHEN 'WON' THEN 0 ELSE amount END, 0 FROM payment_disputes
        UNION ALL
        SELECT currency, 0, 0, -balances.amount FROM (${BALANCES}) AS balances
        JOIN ledger_accounts AS account ON account.id = account_id
        WHERE kind NOT IN ('PROVIDER_RECEIVABLE', 'WRITE_OFFS')) AS flows
      GROUP BY currency HAVING sum(came) <> sum(went + held)`,
  },
];

/** Checks the books by themselves; yields a line for each rule that something breaks. @returns the number of entries */
export async function* auditLedger(client: Pick<SqlTransaction, '$queryRaw'>): AsyncGenerator<string, number> {
  for (const { rule, broken } of CHECKS) {
    const findings = await client.$queryRaw<Finding[]>`SELECT * FROM (${broken}) AS found ORDER BY what LIMIT 100`;
    for (const { what, expected, found } of findings) yield `${rule}: ${what} has ${found}, not ${expected}`;
  }
  const [row] = await client.$queryRaw<{ entries: number }[]>`SELECT count(*)::int AS entries FROM journal_entries`;
  return row?.entries ?? 0;
}

/** Our record of an item at the provider. */
export interface BookedItem {
  readonly id: string;
  readonly amount: number;
  readonly currency: string;
  /** Whether the ledger has it. */
  readonly posted: boolean;
  /** Whether it may still come to its end. */
  readonly open: boolean;
}

export type BookedKind = 'charge' | 'refund' | 'payout';

/** Our charges, refunds or payouts, by our ids. */
export async function bookedItems(
  client: Pick<SqlTransaction, '$queryRaw'>,
  kind: BookedKind,
  ids: readonly string[],
): Promise<ReadonlyMap<string, BookedItem>> {
  const items = await client.$queryRaw<BookedItem[]>`
    SELECT id, amount::float8 AS amount, currency, posted, open FROM (${BOOKED[kind]}) AS item WHERE id = ANY (${ids}::text[])`;
  return new Map(items.map((item) => [item.id, item]));
}

/** Those of the ids, the provider's or ours, whose difference staff have decided on. */
export async function decidedDifferences(
  client: Pick<SqlTransaction, '$queryRaw'>,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await client.$queryRaw<{ subject: string }[]>`
    SELECT subject FROM payment_reviews WHERE status = 'CLOSED' AND subject = ANY (${ids}::text[])`;
  return new Set(rows.map(({ subject }) => subject));
}

/** Items that, by the ledger, came or went at the provider, read in pages of 1,000. */
export async function* postedItems(client: Pick<SqlTransaction, '$queryRaw'>, kind: BookedKind, provider: string) {
  for (let after = ''; ;) {
    const items = await client.$queryRaw<BookedItem[]>`
      SELECT id, amount::float8 AS amount, currency, posted, open FROM (${BOOKED[kind]}) AS item
      WHERE posted AND provider = ${provider} AND id > ${after} ORDER BY id LIMIT 1000`;
    if (items.length === 0) return;
    yield items;
    after = items.at(-1)?.id ?? '';
  }
}

const BOOKED: Readonly<Record<BookedKind, Sql>> = {
  charge: sql`
    SELECT id, amount, currency, provider, status IN ('PROCESSING', 'REQUIRES_ACTION') AS open,
      EXISTS (SELECT FROM journal_entries WHERE payment_id = payment.id AND refund_id IS NULL) AS posted
    FROM payments AS payment WHERE method = 'CARD'`,
  refund: sql`
    SELECT refund.id, refund.amount, refund.currency, provider, refund.status = 'PENDING' AS open,
      EXISTS (SELECT FROM journal_entries WHERE refund_id = refund.id) AS posted
    FROM refunds AS refund JOIN payments AS payment ON payment.id = payment_id WHERE refund.method = 'CARD'`,
  payout: sql`
    SELECT id, amount, currency, provider, status = 'PENDING' AS open,
      EXISTS (SELECT FROM journal_entries WHERE payout_id = payout.id AND kind = 'PAYOUT_PAID') AS posted
    FROM payouts AS payout`,
};
