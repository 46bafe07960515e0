-- AlterTable
ALTER TABLE "sessions" ADD COLUMN     "authenticated_at" TIMESTAMPTZ(3);
-- Sessions have begun with a password until now.
UPDATE "sessions" SET "authenticated_at" = "created_at";
ALTER TABLE "sessions" ALTER COLUMN "authenticated_at" SET NOT NULL;

-- AlterTable
ALTER TABLE "users" ADD COLUMN     "email_verified_at" TIMESTAMPTZ(3);
-- The seeded accounts of a local stack, which receive no mail. Everybody else verifies their address.
UPDATE "users" SET "email_verified_at" = "created_at" WHERE "id" LIKE 'usr\_seed\_%';
