-- CreateEnum
CREATE TYPE "wallet_reward_status" AS ENUM ('CREDITED', 'TAKEN_BACK');

-- AlterEnum
ALTER TYPE "journal_entry_kind" ADD VALUE 'REWARD';
ALTER TYPE "journal_entry_kind" ADD VALUE 'REWARD_TAKEN_BACK';

-- AlterEnum
ALTER TYPE "ledger_account_kind" ADD VALUE 'PROMOTION_EXPENSE';

-- AlterTable
ALTER TABLE "journal_entries" ADD COLUMN     "reward_id" TEXT;

-- CreateTable
CREATE TABLE "wallet_rewards" (
    "id" TEXT NOT NULL,
    "status" "wallet_reward_status" NOT NULL,

    CONSTRAINT "wallet_rewards_pkey" PRIMARY KEY ("id")
);

-- AddForeignKey
ALTER TABLE "journal_entries" ADD CONSTRAINT "journal_entries_reward_id_fkey" FOREIGN KEY ("reward_id") REFERENCES "wallet_rewards"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What follows Prisma cannot express.

-- A reward is added to its wallet once, and taken back once.
CREATE UNIQUE INDEX journal_entries_once_a_reward ON journal_entries (reward_id, kind) WHERE reward_id IS NOT NULL;
ALTER TABLE journal_entries
  DROP CONSTRAINT journal_entries_about_something,
  ADD CONSTRAINT journal_entries_about_something CHECK (
    payment_id IS NOT NULL OR payout_id IS NOT NULL OR organisation_id IS NOT NULL OR review_id IS NOT NULL
    OR reward_id IS NOT NULL
  );
