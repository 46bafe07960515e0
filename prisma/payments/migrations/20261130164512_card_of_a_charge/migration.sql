-- AlterTable
ALTER TABLE "mandate_charges" ADD COLUMN     "payment_method_id" TEXT;
