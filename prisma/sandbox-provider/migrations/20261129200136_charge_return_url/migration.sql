-- AlterTable
ALTER TABLE "charges" ADD COLUMN     "return_url" TEXT;
