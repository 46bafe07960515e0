-- CreateEnum
CREATE TYPE "payout_status" AS ENUM ('PENDING', 'PAID', 'FAILED');

-- AlterEnum
ALTER TYPE "journal_entry_kind" ADD VALUE 'SHOW_SETTLED';
ALTER TYPE "journal_entry_kind" ADD VALUE 'PAYOUT';
ALTER TYPE "journal_entry_kind" ADD VALUE 'PAYOUT_PAID';
ALTER TYPE "journal_entry_kind" ADD VALUE 'PAYOUT_FAILED';
ALTER TYPE "journal_entry_kind" ADD VALUE 'WRITE_OFF';

-- AlterEnum
ALTER TYPE "ledger_account_kind" ADD VALUE 'VENUE_PENDING';
ALTER TYPE "ledger_account_kind" ADD VALUE 'VENUE_AVAILABLE';
ALTER TYPE "ledger_account_kind" ADD VALUE 'PAYOUTS_IN_TRANSIT';
ALTER TYPE "ledger_account_kind" ADD VALUE 'FEE_REVENUE';
ALTER TYPE "ledger_account_kind" ADD VALUE 'TAX_PAYABLE';
ALTER TYPE "ledger_account_kind" ADD VALUE 'MEMBERSHIP_REVENUE';
ALTER TYPE "ledger_account_kind" ADD VALUE 'WRITE_OFFS';

-- DropForeignKey
ALTER TABLE "postings" DROP CONSTRAINT "postings_account_id_currency_fkey";

-- AlterTable
ALTER TABLE "journal_entries" ADD COLUMN     "organisation_id" TEXT,
ADD COLUMN     "payout_id" TEXT,
ALTER COLUMN "payment_id" DROP NOT NULL;

-- AlterTable
ALTER TABLE "ledger_accounts" ADD COLUMN     "show_id" TEXT;

-- AlterTable
ALTER TABLE "payable_bookings" ADD COLUMN     "sale" JSONB;

-- AlterTable
ALTER TABLE "payments" ADD COLUMN     "sale" JSONB;

-- AlterTable
ALTER TABLE "refunds" ADD COLUMN     "parts" JSONB;

-- CreateTable
CREATE TABLE "payable_shows" (
    "id" TEXT NOT NULL,
    "organisation_id" TEXT,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "payable_shows_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_balances" (
    "account_id" TEXT NOT NULL,
    "shard" SMALLINT NOT NULL,
    "amount" BIGINT NOT NULL,

    CONSTRAINT "ledger_balances_pkey" PRIMARY KEY ("account_id","shard")
);

-- CreateTable
CREATE TABLE "payouts" (
    "id" TEXT NOT NULL,
    "organisation_id" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "status" "payout_status" NOT NULL,
    "requested_by" TEXT,
    "scheduled_for" DATE,
    "provider" TEXT NOT NULL,
    "provider_ref" TEXT,
    "failure" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_try_at" TIMESTAMPTZ(3),
    "arrives_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "payouts_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "payable_shows_ends_at_idx" ON "payable_shows"("ends_at");

-- CreateIndex
CREATE INDEX "payouts_organisation_id_created_at_id_idx" ON "payouts"("organisation_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "payouts_once_a_day" ON "payouts"("organisation_id", "currency", "scheduled_for");

-- CreateIndex
CREATE INDEX "ledger_accounts_owner_id_kind_idx" ON "ledger_accounts"("owner_id", "kind");

-- AddForeignKey
ALTER TABLE "journal_entries" ADD CONSTRAINT "journal_entries_payout_id_fkey" FOREIGN KEY ("payout_id") REFERENCES "payouts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What follows Prisma cannot express.

CREATE INDEX payable_shows_to_settle ON payable_shows (ends_at) WHERE settled_at IS NULL;
CREATE INDEX payouts_to_try ON payouts (next_try_at) WHERE status = 'PENDING';
CREATE INDEX journal_entries_of_organisation ON journal_entries (organisation_id, created_at DESC, id DESC)
  WHERE organisation_id IS NOT NULL;

ALTER TABLE payouts
  ADD CONSTRAINT payouts_amount_positive CHECK (amount > 0),
  ADD CONSTRAINT payouts_settled CHECK ((status = 'PENDING') = (settled_at IS NULL));

CREATE FUNCTION refuse_payout_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status <> 'PENDING' AND NEW.status <> OLD.status THEN
    RAISE EXCEPTION 'payout % is % for good', OLD.id, OLD.status;
  END IF;
  IF (NEW.id, NEW.organisation_id, NEW.amount, NEW.currency) IS DISTINCT FROM
     (OLD.id, OLD.organisation_id, OLD.amount, OLD.currency) THEN
    RAISE EXCEPTION 'payout % says for good who gets what', OLD.id;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER payouts_refuse_rewrite BEFORE UPDATE ON payouts
  FOR EACH ROW EXECUTE FUNCTION refuse_payout_rewrite();

-- A payout leaves the organisation's account once and comes to its end once.
CREATE UNIQUE INDEX journal_entries_once_a_payout ON journal_entries (payout_id, kind)
  WHERE payout_id IS NOT NULL;
ALTER TABLE journal_entries ADD CONSTRAINT journal_entries_about_something CHECK (
  payment_id IS NOT NULL OR payout_id IS NOT NULL OR organisation_id IS NOT NULL
);
ALTER TABLE ledger_accounts
  DROP CONSTRAINT ledger_accounts_owner_by_kind,
  ADD CONSTRAINT ledger_accounts_owner_by_kind CHECK (
    (owner_id IS NOT NULL)
      = (kind::text IN ('CUSTOMER_WALLET', 'VENUE_PENDING', 'VENUE_AVAILABLE', 'PAYOUTS_IN_TRANSIT'))
  ),
  ADD CONSTRAINT ledger_accounts_show_by_kind CHECK ((show_id IS NOT NULL) = (kind::text = 'VENUE_PENDING'));

-- Room in each page for a changed row beside the old one, which then needs no new index entry.
ALTER TABLE ledger_balances SET (fillfactor = 50);
INSERT INTO ledger_balances (account_id, shard, amount)
SELECT account_id, 0, sum(amount) FROM postings JOIN ledger_accounts ON ledger_accounts.id = account_id
WHERE kind <> 'CUSTOMER_WALLET' GROUP BY account_id;

-- The postings of an entry come in one statement, which is checked at its end: a row that is checked at the commit costs
-- as much again for each posting.
DROP TRIGGER postings_balance ON postings;
DROP TRIGGER journal_entries_balance ON journal_entries;
DROP FUNCTION assert_entry_balances();

CREATE FUNCTION assert_entries_have_postings() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  empty text := (SELECT id FROM added WHERE NOT EXISTS (SELECT FROM postings WHERE entry_id = added.id) LIMIT 1);
BEGIN
  IF empty IS NOT NULL THEN
    RAISE EXCEPTION 'journal entry % has no postings', empty
      USING ERRCODE = 'check_violation', CONSTRAINT = 'journal_entries_balance';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER journal_entries_have_postings AFTER INSERT ON journal_entries
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION assert_entries_have_postings();

-- Accounts that sales in all shows post to have a row for each of sixteen groups of connections, so that sales do not wait
-- for each other's commit; rows are changed in the order of their accounts, so that they never wait in a circle.
CREATE FUNCTION post_to_balances() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  wrong text;
BEGIN
  SELECT entry_id INTO wrong FROM added GROUP BY entry_id, currency HAVING sum(amount) <> 0 LIMIT 1;
  IF wrong IS NOT NULL THEN
    RAISE EXCEPTION 'the postings of journal entry % do not sum to zero', wrong
      USING ERRCODE = 'check_violation', CONSTRAINT = 'journal_entries_balance';
  END IF;
  SELECT account_id INTO wrong FROM added
    LEFT JOIN ledger_accounts account ON account.id = account_id AND account.currency = added.currency
    WHERE account.id IS NULL LIMIT 1;
  IF wrong IS NOT NULL THEN
    RAISE EXCEPTION 'there is no account % in this currency', wrong
      USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'postings_account';
  END IF;
  INSERT INTO ledger_balances AS balance (account_id, shard, amount)
  SELECT account_id,
    CASE WHEN kind IN ('VENUE_AVAILABLE', 'PAYOUTS_IN_TRANSIT') THEN 0 ELSE pg_backend_pid() % 16 END, sum(added.amount)
  FROM added JOIN ledger_accounts account ON account.id = account_id
  WHERE kind <> 'CUSTOMER_WALLET'
  GROUP BY account_id, kind ORDER BY account_id
  ON CONFLICT (account_id, shard) DO UPDATE SET amount = balance.amount + excluded.amount;
  RETURN NULL;
END $$;
CREATE TRIGGER postings_move_balances AFTER INSERT ON postings
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION post_to_balances();
CREATE TRIGGER ledger_balances_by_postings BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON ledger_balances
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_direct_balance();
CREATE OR REPLACE FUNCTION refuse_direct_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF pg_trigger_depth() < 2 THEN
    RAISE EXCEPTION 'a balance moves through postings only';
  END IF;
  RETURN NULL;
END $$;

-- The wallet's trigger is called for wallets alone.
DROP TRIGGER postings_move_wallet_balance ON postings;
CREATE TRIGGER postings_move_wallet_balance BEFORE INSERT ON postings
  FOR EACH ROW WHEN (NEW.account_id LIKE 'wallet:%') EXECUTE FUNCTION move_wallet_balance();
ALTER TABLE postings ADD CONSTRAINT postings_balance_of_wallets CHECK (
  balance_after IS NULL OR account_id LIKE 'wallet:%'
);
