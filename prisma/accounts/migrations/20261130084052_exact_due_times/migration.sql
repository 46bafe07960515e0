-- AlterTable
ALTER TABLE "data_exports" ALTER COLUMN "due_at" SET DATA TYPE TIMESTAMPTZ(6);

-- AlterTable
ALTER TABLE "outgoing_mails" ALTER COLUMN "due_at" SET DATA TYPE TIMESTAMPTZ(6);
