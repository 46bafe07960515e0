-- CreateEnum
CREATE TYPE "payment_status" AS ENUM ('REQUIRES_ACTION', 'PROCESSING', 'SUCCEEDED', 'FAILED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "payment_purpose" AS ENUM ('BOOKING', 'WALLET_TOP_UP');

-- CreateEnum
CREATE TYPE "payment_method_kind" AS ENUM ('CARD', 'WALLET');

-- CreateEnum
CREATE TYPE "refund_status" AS ENUM ('PENDING', 'SUCCEEDED', 'FAILED');

-- CreateEnum
CREATE TYPE "payable_booking_status" AS ENUM ('PAYABLE', 'CLOSED');

-- CreateEnum
CREATE TYPE "ledger_account_kind" AS ENUM ('PROVIDER_RECEIVABLE', 'CUSTOMER_WALLET', 'BOOKING_SALES', 'UNAPPLIED_CAPTURES');

-- CreateEnum
CREATE TYPE "journal_entry_kind" AS ENUM ('CARD_PAYMENT', 'WALLET_PAYMENT', 'WALLET_TOP_UP', 'CARD_REFUND', 'WALLET_REFUND', 'UNAPPLIED_CAPTURE', 'UNAPPLIED_REFUND');

-- CreateTable
CREATE TABLE "payable_bookings" (
    "id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "status" "payable_booking_status" NOT NULL,
    "amount" INTEGER,
    "currency" CHAR(3),
    "expires_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "payable_bookings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payments" (
    "id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "purpose" "payment_purpose" NOT NULL,
    "booking_id" TEXT,
    "method" "payment_method_kind" NOT NULL,
    "status" "payment_status" NOT NULL,
    "amount" INTEGER NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "refunded_amount" INTEGER NOT NULL DEFAULT 0,
    "provider" TEXT,
    "card_source" TEXT,
    "charge_id" TEXT,
    "action_url" TEXT,
    "decline_code" TEXT,
    "deadline" TIMESTAMPTZ(3) NOT NULL,
    "busy_until" TIMESTAMPTZ(3),
    "next_check_at" TIMESTAMPTZ(3),
    "checks" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "payments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "refunds" (
    "id" TEXT NOT NULL,
    "payment_id" TEXT NOT NULL,
    "booking_id" TEXT,
    "customer_id" TEXT NOT NULL,
    "amount" INTEGER NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "method" "payment_method_kind" NOT NULL,
    "reason" TEXT NOT NULL,
    "status" "refund_status" NOT NULL,
    "provider_ref" TEXT,
    "failure" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_try_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "refunds_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payment_methods" (
    "id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "provider_ref" TEXT NOT NULL,
    "brand" TEXT NOT NULL,
    "last4" CHAR(4) NOT NULL,
    "expiry_month" SMALLINT NOT NULL,
    "expiry_year" SMALLINT NOT NULL,
    "is_default" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "payment_methods_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "wallets" (
    "customer_id" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "wallets_pkey" PRIMARY KEY ("customer_id")
);

-- CreateTable
CREATE TABLE "ledger_accounts" (
    "id" TEXT NOT NULL,
    "kind" "ledger_account_kind" NOT NULL,
    "owner_id" TEXT,
    "currency" CHAR(3) NOT NULL,

    CONSTRAINT "ledger_accounts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "wallet_balances" (
    "account_id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "amount" INTEGER NOT NULL,

    CONSTRAINT "wallet_balances_pkey" PRIMARY KEY ("account_id")
);

-- CreateTable
CREATE TABLE "journal_entries" (
    "id" TEXT NOT NULL,
    "kind" "journal_entry_kind" NOT NULL,
    "payment_id" TEXT NOT NULL,
    "refund_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "journal_entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "postings" (
    "seq" BIGSERIAL NOT NULL,
    "entry_id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "amount" INTEGER NOT NULL,
    "balance_after" INTEGER,

    CONSTRAINT "postings_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "provider_events" (
    "provider" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "provider_events_pkey" PRIMARY KEY ("provider","event_id")
);

-- CreateTable
CREATE TABLE "outbox_events" (
    "seq" BIGSERIAL NOT NULL,
    "id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "traceparent" TEXT,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "published_at" TIMESTAMPTZ(3),

    CONSTRAINT "outbox_events_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "inbox_events" (
    "consumer" TEXT NOT NULL,
    "event_id" UUID NOT NULL,
    "handled_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "inbox_events_pkey" PRIMARY KEY ("consumer","event_id")
);

-- CreateTable
CREATE TABLE "idempotency_keys" (
    "caller" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "resource_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("caller","operation","key")
);

-- CreateIndex
CREATE INDEX "payments_of_booking" ON "payments"("booking_id", "created_at");

-- CreateIndex
CREATE INDEX "payments_of_customer" ON "payments"("customer_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "payments_provider_charge" ON "payments"("provider", "charge_id");

-- CreateIndex
CREATE INDEX "refunds_payment_id_idx" ON "refunds"("payment_id");

-- CreateIndex
CREATE INDEX "payment_methods_of_customer" ON "payment_methods"("customer_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "payment_methods_provider_ref" ON "payment_methods"("provider", "provider_ref");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_accounts_id_currency" ON "ledger_accounts"("id", "currency");

-- CreateIndex
CREATE UNIQUE INDEX "wallet_balances_of_customer" ON "wallet_balances"("customer_id", "currency");

-- CreateIndex
CREATE INDEX "journal_entries_payment_id_idx" ON "journal_entries"("payment_id");

-- CreateIndex
CREATE INDEX "postings_entry_id_idx" ON "postings"("entry_id");

-- CreateIndex
CREATE INDEX "postings_of_account" ON "postings"("account_id", "seq" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "outbox_events_id_key" ON "outbox_events"("id");

-- AddForeignKey
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_payment_id_fkey" FOREIGN KEY ("payment_id") REFERENCES "payments"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "wallet_balances" ADD CONSTRAINT "wallet_balances_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "ledger_accounts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "journal_entries" ADD CONSTRAINT "journal_entries_payment_id_fkey" FOREIGN KEY ("payment_id") REFERENCES "payments"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "journal_entries" ADD CONSTRAINT "journal_entries_refund_id_fkey" FOREIGN KEY ("refund_id") REFERENCES "refunds"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "postings" ADD CONSTRAINT "postings_entry_id_fkey" FOREIGN KEY ("entry_id") REFERENCES "journal_entries"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "postings" ADD CONSTRAINT "postings_account_id_currency_fkey" FOREIGN KEY ("account_id", "currency") REFERENCES "ledger_accounts"("id", "currency") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What follows Prisma cannot express.

-- Work lists, read by partial indexes.
CREATE INDEX outbox_events_unpublished ON outbox_events (seq) WHERE published_at IS NULL;
CREATE INDEX payments_to_check ON payments (next_check_at) WHERE status IN ('PROCESSING', 'REQUIRES_ACTION');
CREATE INDEX refunds_to_try ON refunds (next_try_at) WHERE status = 'PENDING';
CREATE INDEX payable_bookings_of_customer ON payable_bookings (customer_id, created_at DESC);

-- Payments.
ALTER TABLE payable_bookings
  ADD CONSTRAINT payable_bookings_priced CHECK (
    status = 'CLOSED' OR (amount IS NOT NULL AND currency IS NOT NULL AND expires_at IS NOT NULL)
  );

CREATE UNIQUE INDEX payments_one_live_per_booking ON payments (booking_id)
  WHERE status IN ('REQUIRES_ACTION', 'PROCESSING', 'SUCCEEDED');

ALTER TABLE payments
  ADD CONSTRAINT payments_amount_positive CHECK (amount > 0),
  ADD CONSTRAINT payments_refunded_within_amount CHECK (refunded_amount BETWEEN 0 AND amount),
  ADD CONSTRAINT payments_currency_code CHECK (currency ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT payments_booking_by_purpose CHECK ((purpose = 'BOOKING') = (booking_id IS NOT NULL)),
  ADD CONSTRAINT payments_provider_by_method CHECK ((method = 'CARD') = (provider IS NOT NULL)),
  ADD CONSTRAINT payments_card_source_until_settled CHECK (
    card_source IS NULL OR status IN ('REQUIRES_ACTION', 'PROCESSING')
  );

CREATE FUNCTION refuse_payment_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status IN ('SUCCEEDED', 'FAILED', 'CANCELLED') AND NEW.status <> OLD.status THEN
    RAISE EXCEPTION 'payment % is % for good', OLD.id, OLD.status;
  END IF;
  IF (NEW.id, NEW.customer_id, NEW.purpose, NEW.booking_id, NEW.method, NEW.amount, NEW.currency)
     IS DISTINCT FROM
     (OLD.id, OLD.customer_id, OLD.purpose, OLD.booking_id, OLD.method, OLD.amount, OLD.currency) THEN
    RAISE EXCEPTION 'payment % says for good who pays what', OLD.id;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER payments_refuse_rewrite BEFORE UPDATE ON payments
  FOR EACH ROW EXECUTE FUNCTION refuse_payment_rewrite();

ALTER TABLE refunds ADD CONSTRAINT refunds_amount_positive CHECK (amount > 0);

-- Saved methods.
CREATE UNIQUE INDEX payment_methods_one_default ON payment_methods (customer_id) WHERE is_default;
ALTER TABLE payment_methods
  ADD CONSTRAINT payment_methods_last4_digits CHECK (last4 ~ '^[0-9]{4}$'),
  ADD CONSTRAINT payment_methods_expiry_month CHECK (expiry_month BETWEEN 1 AND 12);

-- The ledger: a payment's money comes in once, a refund's goes out once.
CREATE UNIQUE INDEX journal_entries_one_capture ON journal_entries (payment_id) WHERE refund_id IS NULL;
CREATE UNIQUE INDEX journal_entries_one_per_refund ON journal_entries (refund_id) WHERE refund_id IS NOT NULL;
ALTER TABLE postings ADD CONSTRAINT postings_amount_not_zero CHECK (amount <> 0);
ALTER TABLE ledger_accounts
  ADD CONSTRAINT ledger_accounts_owner_by_kind CHECK ((kind = 'CUSTOMER_WALLET') = (owner_id IS NOT NULL));

-- Deferred to the commit, when an entry has all its postings.
CREATE FUNCTION assert_entry_balances() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  entry text := CASE TG_TABLE_NAME WHEN 'postings' THEN to_jsonb(NEW) ->> 'entry_id' ELSE to_jsonb(NEW) ->> 'id' END;
BEGIN
  IF NOT EXISTS (SELECT FROM postings WHERE entry_id = entry) THEN
    RAISE EXCEPTION 'journal entry % has no postings', entry
      USING ERRCODE = 'check_violation', CONSTRAINT = 'journal_entries_balance';
  END IF;
  IF EXISTS (SELECT FROM postings WHERE entry_id = entry GROUP BY currency HAVING sum(amount) <> 0) THEN
    RAISE EXCEPTION 'the postings of journal entry % do not sum to zero', entry
      USING ERRCODE = 'check_violation', CONSTRAINT = 'journal_entries_balance';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER journal_entries_balance AFTER INSERT ON journal_entries
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION assert_entry_balances();
CREATE CONSTRAINT TRIGGER postings_balance AFTER INSERT ON postings
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION assert_entry_balances();

CREATE FUNCTION refuse_ledger_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: post a correcting entry', TG_TABLE_NAME;
END $$;
CREATE TRIGGER postings_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON postings
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_rewrite();
CREATE TRIGGER journal_entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_entries
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_rewrite();
CREATE TRIGGER ledger_accounts_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_accounts
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_rewrite();

-- A wallet's balance moves with its postings and in no other way; its row is the lock that orders them.
ALTER TABLE wallet_balances ADD CONSTRAINT wallet_balances_not_negative CHECK (amount >= 0);

CREATE FUNCTION move_wallet_balance() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  owner text;
BEGIN
  NEW.balance_after := NULL;
  SELECT owner_id INTO owner FROM ledger_accounts WHERE id = NEW.account_id AND kind = 'CUSTOMER_WALLET';
  IF owner IS NULL THEN
    RETURN NEW;
  END IF;
  -- A credit adds to what we owe the customer. The row is made at zero first: a check judges the row that an upsert
  -- proposes, before it sees that there is one to add to.
  INSERT INTO wallets (customer_id, currency, created_at) VALUES (owner, NEW.currency, now()) ON CONFLICT DO NOTHING;
  INSERT INTO wallet_balances (account_id, customer_id, currency, amount)
    VALUES (NEW.account_id, owner, NEW.currency, 0) ON CONFLICT DO NOTHING;
  UPDATE wallet_balances SET amount = amount - NEW.amount WHERE account_id = NEW.account_id
    RETURNING amount INTO NEW.balance_after;
  RETURN NEW;
END $$;
CREATE TRIGGER postings_move_wallet_balance BEFORE INSERT ON postings
  FOR EACH ROW EXECUTE FUNCTION move_wallet_balance();

CREATE FUNCTION refuse_direct_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF pg_trigger_depth() < 2 THEN
    RAISE EXCEPTION 'a wallet''s balance moves through postings only';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER wallet_balances_by_postings BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON wallet_balances
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_direct_balance();
