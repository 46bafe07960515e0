-- AlterTable
ALTER TABLE "titles" ALTER COLUMN "genres" SET DEFAULT ARRAY[]::TEXT[];

UPDATE "titles" SET "genres" = '{}' WHERE "genres" IS NULL;
