-- AlterTable
ALTER TABLE "users" ADD COLUMN     "verified_apart" BOOLEAN NOT NULL DEFAULT false;
