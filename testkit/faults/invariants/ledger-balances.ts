import { audit } from '../../../subgraphs/payments/src/audit.ts';
import { linesOf, type Rule } from './rule.ts';
import { sandboxBooks } from './sandbox-books.ts';

export const ledgerBalances: Rule = {
  name: 'the ledger balances, and equals the provider’s books',
  violations: (databases) =>
    linesOf(audit(databases('payments'), sandboxBooks(databases('sandbox-provider')), new Date())),
};
