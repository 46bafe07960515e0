-- Counts of the last minutes, under names that are not used any more.
DELETE FROM "attempt_windows";
-- AlterTable
ALTER TABLE "attempt_windows" ADD COLUMN     "factor" TEXT,
ADD COLUMN     "next_at" TIMESTAMPTZ(3) NOT NULL,
ADD COLUMN     "user_id" TEXT;
ALTER TABLE "attempt_windows" ADD CONSTRAINT "attempt_windows_factor_known" CHECK ("factor" IN ('PASSWORD', 'SECOND_FACTOR'));
ALTER TABLE "attempt_windows" ADD CONSTRAINT "attempt_windows_factor_of_user" CHECK (("user_id" IS NULL) = ("factor" IS NULL));

-- AlterTable
ALTER TABLE "sessions" DROP CONSTRAINT "sessions_revoked_for_known";
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_revoked_for_known" CHECK ("revoked_for" IN ('LOGOUT', 'REVOKED', 'REFRESH_TOKEN_REUSED', 'REPLACED'));

-- CreateTable
CREATE TABLE "known_devices" (
    "user_id" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "known_devices_pkey" PRIMARY KEY ("user_id","fingerprint")
);

-- CreateTable
CREATE TABLE "guess_notices" (
    "user_id" TEXT NOT NULL,
    "factor" TEXT NOT NULL,
    "told_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "guess_notices_factor_known" CHECK ("factor" IN ('PASSWORD', 'SECOND_FACTOR')),
    CONSTRAINT "guess_notices_pkey" PRIMARY KEY ("user_id","factor")
);

-- CreateIndex
CREATE INDEX "known_devices_last_seen_at_idx" ON "known_devices"("last_seen_at");

-- AddForeignKey
ALTER TABLE "known_devices" ADD CONSTRAINT "known_devices_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "guess_notices" ADD CONSTRAINT "guess_notices_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
