-- CreateEnum
CREATE TYPE "PushLane" AS ENUM ('TRANSACTIONAL', 'BULK');

-- CreateTable
CREATE TABLE "push_endpoints" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "session_id" TEXT NOT NULL,
    "endpoint" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "p256dh" TEXT NOT NULL,
    "auth" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "push_endpoints_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "push_deliveries" (
    "id" BIGSERIAL NOT NULL,
    "endpoint_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "notification_id" TEXT NOT NULL,
    "kind" "NotificationKind" NOT NULL,
    "message" JSONB NOT NULL,
    "booking_id" TEXT,
    "lane" "PushLane" NOT NULL,
    "urgency" TEXT NOT NULL,
    "topic" TEXT,
    "is_short" BOOLEAN NOT NULL DEFAULT false,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "due_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "push_deliveries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "push_hosts" (
    "host" TEXT NOT NULL,
    "failures" INTEGER NOT NULL,
    "paused_until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "push_hosts_pkey" PRIMARY KEY ("host")
);

-- CreateTable
CREATE TABLE "notice_keys" (
    "user_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "told_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "notice_keys_pkey" PRIMARY KEY ("user_id","key")
);

-- CreateIndex
CREATE UNIQUE INDEX "push_endpoints_endpoint_key" ON "push_endpoints"("endpoint");

-- CreateIndex
CREATE INDEX "push_endpoints_user_id_created_at_idx" ON "push_endpoints"("user_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "push_endpoints_session_id_idx" ON "push_endpoints"("session_id");

-- CreateIndex
CREATE INDEX "push_deliveries_lane_due_at_id_idx" ON "push_deliveries"("lane", "due_at", "id");

-- CreateIndex
CREATE INDEX "push_deliveries_endpoint_id_idx" ON "push_deliveries"("endpoint_id");

-- CreateIndex
CREATE INDEX "push_deliveries_user_id_topic_idx" ON "push_deliveries"("user_id", "topic");

-- AddForeignKey
ALTER TABLE "push_deliveries" ADD CONSTRAINT "push_deliveries_endpoint_id_fkey" FOREIGN KEY ("endpoint_id") REFERENCES "push_endpoints"("id") ON DELETE CASCADE ON UPDATE CASCADE;
