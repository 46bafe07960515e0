-- AlterTable
ALTER TABLE "campaigns" DROP COLUMN "capacity",
ADD COLUMN     "allowance" DOUBLE PRECISION NOT NULL DEFAULT 0;
