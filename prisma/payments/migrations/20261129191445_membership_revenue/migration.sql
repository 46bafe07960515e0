-- AlterEnum
BEGIN;
CREATE TYPE "ledger_account_kind_new" AS ENUM ('PROVIDER_RECEIVABLE', 'CUSTOMER_WALLET', 'BOOKING_SALES', 'UNAPPLIED_CAPTURES', 'VENUE_PENDING', 'VENUE_AVAILABLE', 'PAYOUTS_IN_TRANSIT', 'FEE_REVENUE', 'TAX_PAYABLE', 'MEMBERSHIP_REVENUE', 'WRITE_OFFS');
ALTER TABLE "ledger_accounts" ALTER COLUMN "kind" TYPE "ledger_account_kind_new" USING ("kind"::text::"ledger_account_kind_new");
ALTER TYPE "ledger_account_kind" RENAME TO "ledger_account_kind_old";
ALTER TYPE "ledger_account_kind_new" RENAME TO "ledger_account_kind";
DROP TYPE "public"."ledger_account_kind_old";
COMMIT;
