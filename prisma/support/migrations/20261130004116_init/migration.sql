-- CreateEnum
CREATE TYPE "SupportCategory" AS ENUM ('BOOKING', 'PAYMENT', 'ACCOUNT', 'OTHER');

-- CreateEnum
CREATE TYPE "SupportTicketStatus" AS ENUM ('OPEN', 'PENDING', 'SNOOZED', 'RESOLVED');

-- CreateEnum
CREATE TYPE "SupportPriority" AS ENUM ('LOW', 'NORMAL', 'HIGH', 'URGENT');

-- CreateTable
CREATE TABLE "support_tickets" (
    "id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "booking_id" TEXT,
    "category" "SupportCategory" NOT NULL,
    "subject" TEXT NOT NULL,
    "status" "SupportTicketStatus" NOT NULL,
    "priority" "SupportPriority" NOT NULL,
    "assignee_id" TEXT,
    "follows_id" TEXT,
    "country" TEXT NOT NULL,
    "region" TEXT,
    "time_zone" TEXT NOT NULL,
    "first_response" JSONB NOT NULL,
    "resolution" JSONB NOT NULL,
    "snoozed_until" TIMESTAMPTZ(3),
    "resolved_at" TIMESTAMPTZ(3),
    "queue_at" TIMESTAMPTZ(3) NOT NULL,
    "check_at" TIMESTAMPTZ(3),
    "last_sequence" INTEGER NOT NULL,
    "last_note" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "public_version" INTEGER NOT NULL,
    "queue_version" INTEGER NOT NULL,
    "satisfaction_score" SMALLINT,
    "satisfaction_comment" TEXT,
    "rated_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "support_tickets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "support_messages" (
    "id" TEXT NOT NULL,
    "ticket_id" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "note" INTEGER NOT NULL,
    "author_id" TEXT NOT NULL,
    "from_agent" BOOLEAN NOT NULL,
    "text" TEXT NOT NULL,
    "sent_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL,
    "public_version" INTEGER NOT NULL,

    CONSTRAINT "support_messages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "support_queue" (
    "id" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,

    CONSTRAINT "support_queue_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "support_agents" (
    "agent_id" TEXT NOT NULL,
    "on_duty" BOOLEAN NOT NULL,
    "last_assigned_at" TIMESTAMPTZ(3),

    CONSTRAINT "support_agents_pkey" PRIMARY KEY ("agent_id")
);

-- CreateTable
CREATE TABLE "support_writers" (
    "user_id" TEXT NOT NULL,
    "minute_start" TIMESTAMPTZ(3) NOT NULL,
    "messages" INTEGER NOT NULL,

    CONSTRAINT "support_writers_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "help_articles" (
    "id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "help_articles_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "help_article_texts" (
    "article_id" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "published" BOOLEAN NOT NULL,
    "version" INTEGER NOT NULL,
    "editor_id" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "search" tsvector NOT NULL,

    CONSTRAINT "help_article_texts_pkey" PRIMARY KEY ("article_id","locale")
);

-- CreateTable
CREATE TABLE "idempotency_keys" (
    "caller" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "resource_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("caller","operation","key")
);

-- CreateTable
CREATE TABLE "outbox_events" (
    "seq" BIGSERIAL NOT NULL,
    "id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "traceparent" TEXT,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "published_at" TIMESTAMPTZ(3),

    CONSTRAINT "outbox_events_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "event_subscribers" (
    "consumer" TEXT NOT NULL,
    "inbox" UUID NOT NULL,
    "generation" INTEGER NOT NULL,
    "types" TEXT[],

    CONSTRAINT "event_subscribers_pkey" PRIMARY KEY ("consumer")
);

-- CreateTable
CREATE TABLE "unacknowledged_events" (
    "consumer" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "deliveries" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "unacknowledged_events_pkey" PRIMARY KEY ("consumer","seq")
);

-- CreateTable
CREATE TABLE "inbox_consumers" (
    "consumer" TEXT NOT NULL,
    "inbox" UUID NOT NULL DEFAULT gen_random_uuid(),
    "generation" INTEGER NOT NULL,

    CONSTRAINT "inbox_consumers_pkey" PRIMARY KEY ("consumer")
);

-- CreateTable
CREATE TABLE "inbox_events" (
    "consumer" TEXT NOT NULL,
    "event_id" UUID NOT NULL,
    "handled_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "inbox_events_pkey" PRIMARY KEY ("consumer","event_id")
);

-- CreateTable
CREATE TABLE "dead_letters" (
    "consumer" TEXT NOT NULL,
    "event_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "error" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "failed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "replay_requested_at" TIMESTAMPTZ(3),

    CONSTRAINT "dead_letters_pkey" PRIMARY KEY ("consumer","event_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "support_tickets_one_follower" ON "support_tickets"("follows_id");

-- CreateIndex
CREATE INDEX "support_tickets_customer_id_created_at_id_idx" ON "support_tickets"("customer_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "support_tickets_booking_id_created_at_id_idx" ON "support_tickets"("booking_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "support_tickets_status_queue_at_id_idx" ON "support_tickets"("status", "queue_at", "id");

-- CreateIndex
CREATE INDEX "support_tickets_assignee_id_status_queue_at_id_idx" ON "support_tickets"("assignee_id", "status", "queue_at", "id");

-- CreateIndex
CREATE INDEX "support_tickets_queue_version_idx" ON "support_tickets"("queue_version");

-- CreateIndex
CREATE UNIQUE INDEX "support_messages_ticket_id_sequence_note_key" ON "support_messages"("ticket_id", "sequence", "note");

-- CreateIndex
CREATE INDEX "help_article_texts_search_idx" ON "help_article_texts" USING GIN ("search");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_events_id_key" ON "outbox_events"("id");

-- AddForeignKey
ALTER TABLE "support_messages" ADD CONSTRAINT "support_messages_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "support_tickets"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "help_article_texts" ADD CONSTRAINT "help_article_texts_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "help_articles"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the relay has still to publish.
CREATE INDEX "outbox_events_unpublished" ON "outbox_events" ("seq") WHERE "published_at" IS NULL;

-- Tickets whose next warning, breach or wake-up is to come.
CREATE INDEX "support_tickets_to_check" ON "support_tickets" ("check_at") WHERE "check_at" IS NOT NULL;

-- Tickets that wait for an agent.
CREATE INDEX "support_tickets_unassigned" ON "support_tickets" ("created_at")
  WHERE "assignee_id" IS NULL AND "status" = 'OPEN';

-- The scores of a period.
CREATE INDEX "support_tickets_rated" ON "support_tickets" ("rated_at") WHERE "rated_at" IS NOT NULL;

ALTER TABLE "support_tickets"
  ADD CONSTRAINT "support_tickets_score_1_to_5" CHECK ("satisfaction_score" BETWEEN 1 AND 5),
  ADD CONSTRAINT "support_tickets_rated" CHECK (("satisfaction_score" IS NULL) = ("rated_at" IS NULL));

ALTER TABLE "support_queue" ADD CONSTRAINT "support_queue_one_row" CHECK ("id" = 1);
INSERT INTO "support_queue" ("id", "version") VALUES (1, 0);

-- Finds words whether or not they are written with their accents.
CREATE EXTENSION IF NOT EXISTS unaccent;
