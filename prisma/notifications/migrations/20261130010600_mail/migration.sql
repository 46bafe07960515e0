-- CreateTable
CREATE TABLE "mail_notices" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "kind" "NotificationKind" NOT NULL,
    "message" JSONB NOT NULL,
    "booking_id" TEXT,
    "is_urgent" BOOLEAN NOT NULL,
    "is_bulk" BOOLEAN NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "plan_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "mail_id" TEXT,
    "planned_at" TIMESTAMPTZ(3),

    CONSTRAINT "mail_notices_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sent_mails" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "address" BYTEA NOT NULL,
    "sent_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "sent_mails_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "suppressed_addresses" (
    "user_id" TEXT NOT NULL,
    "address" BYTEA NOT NULL,
    "reason" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "suppressed_addresses_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "quiet_hours" (
    "user_id" TEXT NOT NULL,
    "from_time" TIME(0) NOT NULL,
    "until_time" TIME(0) NOT NULL,

    CONSTRAINT "quiet_hours_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "outgoing_mails" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "user_id" TEXT,
    "address" BYTEA,
    "about" TEXT,
    "lane" TEXT NOT NULL DEFAULT 'TRANSACTIONAL',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "outgoing_mails_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "mail_notices_mail_id_idx" ON "mail_notices"("mail_id");

-- CreateIndex
CREATE INDEX "mail_notices_user_id_planned_at_idx" ON "mail_notices"("user_id", "planned_at");

-- CreateIndex
CREATE INDEX "mail_notices_planned_at_idx" ON "mail_notices"("planned_at");

-- CreateIndex
CREATE INDEX "sent_mails_user_id_idx" ON "sent_mails"("user_id");

-- CreateIndex
CREATE INDEX "sent_mails_sent_at_idx" ON "sent_mails"("sent_at");

-- CreateIndex
CREATE INDEX "outgoing_mails_lane_due_at_idx" ON "outgoing_mails"("lane", "due_at");

-- What is still to be planned, that for many last.
CREATE INDEX "mail_notices_unplanned" ON "mail_notices" ("is_bulk", "plan_at") WHERE "mail_id" IS NULL;

-- A person's notices that are still to be planned.
CREATE INDEX "mail_notices_unplanned_of" ON "mail_notices" ("user_id") WHERE "mail_id" IS NULL;
