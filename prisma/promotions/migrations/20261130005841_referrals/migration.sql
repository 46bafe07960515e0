-- CreateEnum
CREATE TYPE "referral_status" AS ENUM ('PENDING', 'DUE', 'REWARDED', 'REVERSED', 'REFUSED');

-- CreateTable
CREATE TABLE "referral_codes" (
    "user_id" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "referral_codes_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "referrals" (
    "invitee_id" TEXT NOT NULL,
    "referrer_id" TEXT NOT NULL,
    "status" "referral_status" NOT NULL,
    "registered_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "booking_id" TEXT,
    "attended_at" TIMESTAMPTZ(3),
    "paid" BIGINT NOT NULL DEFAULT 0,
    "refunded" BIGINT NOT NULL DEFAULT 0,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "referrals_pkey" PRIMARY KEY ("invitee_id")
);

-- CreateTable
CREATE TABLE "referral_rewards" (
    "id" TEXT NOT NULL,
    "invitee_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "rewarded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "reversed_at" TIMESTAMPTZ(3),

    CONSTRAINT "referral_rewards_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "referral_codes_code" ON "referral_codes"("code");

-- CreateIndex
CREATE INDEX "referrals_referrer_id_idx" ON "referrals"("referrer_id");

-- CreateIndex
CREATE INDEX "referral_rewards_user_id_idx" ON "referral_rewards"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "referral_rewards_once" ON "referral_rewards"("invitee_id", "user_id");

-- AddForeignKey
ALTER TABLE "referral_rewards" ADD CONSTRAINT "referral_rewards_invitee_id_fkey" FOREIGN KEY ("invitee_id") REFERENCES "referrals"("invitee_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What follows Prisma cannot express.

CREATE INDEX referrals_due ON referrals (attended_at) WHERE status = 'DUE';
CREATE INDEX referrals_of_booking ON referrals (booking_id) WHERE booking_id IS NOT NULL;
ALTER TABLE referrals ADD CONSTRAINT referrals_not_self CHECK (invitee_id <> referrer_id);
ALTER TABLE referral_rewards ADD CONSTRAINT referral_rewards_amount CHECK (amount > 0);

-- Nobody invites whoever led them here, at whatever distance. One at a time, so that of two links that close a circle
-- together the second sees the first.
CREATE FUNCTION refuse_referral_circle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('referrals', 0));
  IF EXISTS (
    WITH RECURSIVE inviters AS (
      SELECT NEW.referrer_id AS id
      UNION SELECT referrer_id FROM inviters JOIN referrals ON invitee_id = inviters.id
    )
    SELECT FROM inviters WHERE id = NEW.invitee_id
  ) THEN
    RAISE EXCEPTION 'referrals_no_circle: % would be invited by somebody they invited', NEW.invitee_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'referrals_no_circle';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER referrals_make_no_circle BEFORE INSERT OR UPDATE OF referrer_id ON referrals
  FOR EACH ROW EXECUTE FUNCTION refuse_referral_circle();
