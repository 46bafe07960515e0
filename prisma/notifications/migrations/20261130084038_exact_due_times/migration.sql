-- AlterTable
ALTER TABLE "mail_notices" ALTER COLUMN "plan_at" SET DATA TYPE TIMESTAMPTZ(6);

-- AlterTable
ALTER TABLE "outgoing_mails" ALTER COLUMN "due_at" SET DATA TYPE TIMESTAMPTZ(6);

-- AlterTable
ALTER TABLE "push_deliveries" ALTER COLUMN "due_at" SET DATA TYPE TIMESTAMPTZ(6);

-- AlterTable
ALTER TABLE "show_reminders" ALTER COLUMN "leased_until" SET DATA TYPE TIMESTAMPTZ(6);
