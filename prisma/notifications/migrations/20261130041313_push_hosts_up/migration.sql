-- AlterTable
ALTER TABLE "push_hosts" ADD COLUMN     "up_at" TIMESTAMPTZ(3);
