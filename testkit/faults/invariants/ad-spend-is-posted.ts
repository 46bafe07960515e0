import type { Databases, Rule } from './rule.ts';

interface Owed {
  readonly what: string;
  readonly amount: number;
}

export const adSpendIsPosted: Rule = {
  name: 'what campaigns have settled is what their organisations owe in the ledger',
  violations: async (databases) => {
    const [settled, owed] = [await settledBy(databases), await owedBy(databases)];
    const known = new Map(settled.map(({ what, amount }) => [what, amount]));
    const posted = new Map(owed.map(({ what, amount }) => [what, amount]));
    return [...new Set([...known.keys(), ...posted.keys()])]
      .filter((what) => known.get(what) !== posted.get(what))
      .map((what) => `${what} settled ${known.get(what) ?? 0}, and owes ${posted.get(what) ?? 0}`);
  },
};

async function settledBy(databases: Databases): Promise<Owed[]> {
  return databases('ads').$queryRaw`
    SELECT organisation_id || ' in ' || currency AS what, sum(amount)::float8 AS amount FROM settlements
    GROUP BY organisation_id, currency`;
}

async function owedBy(databases: Databases): Promise<Owed[]> {
  return databases('payments').$queryRaw`
    SELECT owner_id || ' in ' || account.currency AS what, sum(posting.amount)::float8 AS amount
    FROM ledger_accounts AS account JOIN postings AS posting ON posting.account_id = account.id
    JOIN journal_entries AS entry ON entry.id = entry_id AND entry.kind = 'AD_SPEND'
    WHERE account.kind = 'ADVERTISER_RECEIVABLE' GROUP BY owner_id, account.currency`;
}
