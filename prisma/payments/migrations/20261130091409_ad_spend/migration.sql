-- AlterEnum
ALTER TYPE "journal_entry_kind" ADD VALUE 'AD_SPEND';

-- AlterEnum
ALTER TYPE "ledger_account_kind" ADD VALUE 'ADVERTISER_RECEIVABLE';
ALTER TYPE "ledger_account_kind" ADD VALUE 'ADVERTISING_REVENUE';

-- AlterTable
ALTER TABLE "journal_entries" ADD COLUMN     "settlement_id" TEXT;

-- What follows Prisma cannot express.

-- A settlement of ads is posted once; entries of sales are not in the index.
CREATE UNIQUE INDEX journal_entries_once_a_settlement ON journal_entries (settlement_id) WHERE settlement_id IS NOT NULL;
ALTER TABLE ledger_accounts
  DROP CONSTRAINT ledger_accounts_owner_by_kind,
  ADD CONSTRAINT ledger_accounts_owner_by_kind CHECK (
    (owner_id IS NOT NULL) = (kind::text IN (
      'CUSTOMER_WALLET', 'VENUE_PENDING', 'VENUE_AVAILABLE', 'PAYOUTS_IN_TRANSIT', 'ADVERTISER_RECEIVABLE'))
  );
