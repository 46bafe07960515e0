-- CreateEnum
CREATE TYPE "SubjectType" AS ENUM ('TITLE', 'VENUE');

-- CreateEnum
CREATE TYPE "ReviewStatus" AS ENUM ('PUBLISHED', 'PENDING', 'REJECTED');

-- CreateEnum
CREATE TYPE "ReportReason" AS ENUM ('SPAM', 'ABUSE', 'SPOILER', 'OTHER');

-- CreateTable
CREATE TABLE "reviews" (
    "id" TEXT NOT NULL,
    "author_id" TEXT,
    "subject_type" "SubjectType" NOT NULL,
    "subject_id" TEXT NOT NULL,
    "stars" SMALLINT NOT NULL,
    "text" TEXT,
    "status" "ReviewStatus" NOT NULL,
    "doubts" TEXT[],
    "queued_at" TIMESTAMPTZ(3),
    "helpful_count" INTEGER NOT NULL DEFAULT 0,
    "open_reports" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 1,
    "note" TEXT,
    "moderated_by" TEXT,
    "moderated_at" TIMESTAMPTZ(3),
    "reply_text" TEXT,
    "replied_by" TEXT,
    "replied_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "edited_at" TIMESTAMPTZ(3),

    CONSTRAINT "reviews_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "helpful_votes" (
    "review_id" TEXT NOT NULL,
    "voter_id" TEXT NOT NULL,

    CONSTRAINT "helpful_votes_pkey" PRIMARY KEY ("review_id","voter_id")
);

-- CreateTable
CREATE TABLE "review_reports" (
    "id" TEXT NOT NULL,
    "review_id" TEXT NOT NULL,
    "reporter_id" TEXT,
    "reason" "ReportReason" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "review_reports_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deleted_reviews" (
    "id" TEXT NOT NULL,
    "author_id" TEXT NOT NULL,
    "subject_type" "SubjectType" NOT NULL,
    "subject_id" TEXT NOT NULL,
    "was_published" BOOLEAN NOT NULL,
    "deleted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "deleted_reviews_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attendances" (
    "user_id" TEXT NOT NULL,
    "subject_type" "SubjectType" NOT NULL,
    "subject_id" TEXT NOT NULL,
    "attended_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "attendances_pkey" PRIMARY KEY ("user_id","subject_type","subject_id")
);

-- CreateTable
CREATE TABLE "rating_summaries" (
    "subject_type" "SubjectType" NOT NULL,
    "subject_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "stars_1" INTEGER NOT NULL,
    "stars_2" INTEGER NOT NULL,
    "stars_3" INTEGER NOT NULL,
    "stars_4" INTEGER NOT NULL,
    "stars_5" INTEGER NOT NULL,
    "prior_tenths" SMALLINT NOT NULL,

    CONSTRAINT "rating_summaries_pkey" PRIMARY KEY ("subject_type","subject_id")
);

-- CreateTable
CREATE TABLE "rating_priors" (
    "subject_type" "SubjectType" NOT NULL,
    "tenths" SMALLINT NOT NULL,

    CONSTRAINT "rating_priors_pkey" PRIMARY KEY ("subject_type")
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
CREATE INDEX "reviews_author_id_created_at_id_idx" ON "reviews"("author_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "reviews_author_id_subject_type_subject_id_key" ON "reviews"("author_id", "subject_type", "subject_id");

-- CreateIndex
CREATE INDEX "helpful_votes_voter_id_idx" ON "helpful_votes"("voter_id");

-- CreateIndex
CREATE INDEX "review_reports_reporter_id_idx" ON "review_reports"("reporter_id");

-- CreateIndex
CREATE UNIQUE INDEX "review_reports_review_id_reporter_id_key" ON "review_reports"("review_id", "reporter_id");

-- CreateIndex
CREATE INDEX "deleted_reviews_author_id_subject_type_subject_id_idx" ON "deleted_reviews"("author_id", "subject_type", "subject_id");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_events_id_key" ON "outbox_events"("id");

-- AddForeignKey
ALTER TABLE "helpful_votes" ADD CONSTRAINT "helpful_votes_review_id_fkey" FOREIGN KEY ("review_id") REFERENCES "reviews"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review_reports" ADD CONSTRAINT "review_reports_review_id_fkey" FOREIGN KEY ("review_id") REFERENCES "reviews"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the relay has still to publish.
CREATE INDEX "outbox_events_unpublished" ON "outbox_events" ("seq") WHERE "published_at" IS NULL;

-- Published reviews, in the order of each sort.
CREATE INDEX "reviews_newest" ON "reviews" ("subject_type", "subject_id", "created_at" DESC, "id" DESC)
  WHERE "status" = 'PUBLISHED';
CREATE INDEX "reviews_most_helpful"
  ON "reviews" ("subject_type", "subject_id", "helpful_count" DESC, "created_at" DESC, "id" DESC)
  WHERE "status" = 'PUBLISHED';
CREATE INDEX "reviews_highest" ON "reviews" ("subject_type", "subject_id", "stars" DESC, "created_at" DESC, "id" DESC)
  WHERE "status" = 'PUBLISHED';
CREATE INDEX "reviews_lowest" ON "reviews" ("subject_type", "subject_id", (-"stars") DESC, "created_at" DESC, "id" DESC)
  WHERE "status" = 'PUBLISHED';

-- The queue of moderators.
CREATE INDEX "reviews_queued" ON "reviews" ("queued_at", "id") WHERE "queued_at" IS NOT NULL;

ALTER TABLE "reviews"
  ADD CONSTRAINT "reviews_stars" CHECK ("stars" BETWEEN 1 AND 5),
  ADD CONSTRAINT "reviews_pending_is_queued" CHECK ("status" <> 'PENDING' OR "queued_at" IS NOT NULL);
