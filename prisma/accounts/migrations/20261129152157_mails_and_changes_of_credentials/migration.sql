-- AlterTable
ALTER TABLE "second_factor_challenges" ADD COLUMN     "credentials" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "users" ADD COLUMN     "credentials" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "pending_email" TEXT,
ADD CONSTRAINT "users_pending_email_lower_case" CHECK ("pending_email" = lower("pending_email"));

-- CreateTable
CREATE TABLE "mail_tokens" (
    "hash" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "mail_tokens_pkey" PRIMARY KEY ("hash"),
    CONSTRAINT "mail_tokens_purpose_known" CHECK ("purpose" IN ('VERIFY_EMAIL', 'RESET_PASSWORD'))
);

-- CreateTable
CREATE TABLE "outgoing_mails" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "user_id" TEXT,
    "address" BYTEA,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "outgoing_mails_pkey" PRIMARY KEY ("id")
);

-- A session may end because its user's password, address or second factor changed.
ALTER TABLE "sessions" DROP CONSTRAINT "sessions_revoked_for_known";
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_revoked_for_known" CHECK ("revoked_for" IN ('LOGOUT', 'REVOKED', 'REFRESH_TOKEN_REUSED', 'REPLACED', 'CREDENTIALS_CHANGED'));

-- CreateIndex
CREATE INDEX "mail_tokens_user_id_idx" ON "mail_tokens"("user_id");

-- CreateIndex
CREATE INDEX "mail_tokens_expires_at_idx" ON "mail_tokens"("expires_at");

-- CreateIndex
CREATE INDEX "outgoing_mails_due_at_idx" ON "outgoing_mails"("due_at");

-- AddForeignKey
ALTER TABLE "mail_tokens" ADD CONSTRAINT "mail_tokens_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
