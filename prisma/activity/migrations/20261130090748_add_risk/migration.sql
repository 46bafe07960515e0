-- CreateEnum
CREATE TYPE "risk_level" AS ENUM ('NONE', 'SLOW', 'CHALLENGE', 'BLOCK');

-- CreateEnum
CREATE TYPE "risk_case_status" AS ENUM ('OPEN', 'CLEARED', 'BLOCKED');

-- AlterTable
ALTER TABLE "suspects" ADD COLUMN     "reason" TEXT;

-- CreateTable
CREATE TABLE "risk_signals" (
    "event_id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "subject" TEXT,
    "show_id" TEXT,
    "booking_id" TEXT,
    "seats" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "risk_signals_pkey" PRIMARY KEY ("event_id")
);

-- CreateTable
CREATE TABLE "risk_links" (
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "first_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "risk_links_pkey" PRIMARY KEY ("kind","key","user_id")
);

-- CreateTable
CREATE TABLE "risk_clicks" (
    "who" TEXT NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "clicks" INTEGER NOT NULL,
    "ad_impressions" INTEGER NOT NULL,
    "ad_clicks" INTEGER NOT NULL,
    "gaps" INTEGER NOT NULL,
    "gap_sum" DOUBLE PRECISION NOT NULL,
    "gap_squares" DOUBLE PRECISION NOT NULL,
    "fast" INTEGER NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "risk_clicks_pkey" PRIMARY KEY ("who","hour")
);

-- CreateTable
CREATE TABLE "high_demand_shows" (
    "show_id" TEXT NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "high_demand_shows_pkey" PRIMARY KEY ("show_id")
);

-- CreateTable
CREATE TABLE "risk_due" (
    "id" BIGSERIAL NOT NULL,
    "user_id" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "risk_due_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "risk_people" (
    "user_id" TEXT NOT NULL,
    "level" "risk_level" NOT NULL DEFAULT 'NONE',
    "reasons" TEXT[],
    "until" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 0,
    "cleared" JSONB,
    "cleared_until" TIMESTAMPTZ(3),

    CONSTRAINT "risk_people_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "risk_scores" (
    "user_id" TEXT NOT NULL,
    "scored_at" TIMESTAMPTZ(6) NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,
    "rule_score" DOUBLE PRECISION NOT NULL,
    "model_score" DOUBLE PRECISION NOT NULL,
    "model_version" TEXT NOT NULL,
    "features" JSONB NOT NULL,
    "reasons" TEXT[],

    CONSTRAINT "risk_scores_pkey" PRIMARY KEY ("user_id","scored_at")
);

-- CreateTable
CREATE TABLE "risk_cases" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "booking_id" TEXT,
    "status" "risk_case_status" NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,
    "reasons" TEXT[],
    "model_version" TEXT NOT NULL,
    "features" JSONB NOT NULL,
    "detected_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3),
    "decided_by" TEXT,
    "note" TEXT,
    "version" INTEGER NOT NULL,

    CONSTRAINT "risk_cases_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "risk_queue" (
    "id" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,

    CONSTRAINT "risk_queue_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "risk_signals_user_id_at_idx" ON "risk_signals"("user_id", "at");

-- CreateIndex
CREATE INDEX "risk_signals_at_idx" ON "risk_signals" USING BRIN ("at");

-- CreateIndex
CREATE INDEX "risk_links_user_id_idx" ON "risk_links"("user_id");

-- CreateIndex
CREATE INDEX "risk_links_last_at_idx" ON "risk_links" USING BRIN ("last_at");

-- CreateIndex
CREATE INDEX "risk_clicks_hour_idx" ON "risk_clicks" USING BRIN ("hour");

-- CreateIndex
CREATE INDEX "risk_due_user_id_idx" ON "risk_due"("user_id");

-- CreateIndex
CREATE INDEX "risk_scores_scored_at_idx" ON "risk_scores" USING BRIN ("scored_at");

-- CreateIndex
CREATE UNIQUE INDEX "risk_cases_version_key" ON "risk_cases"("version");

-- CreateIndex
CREATE INDEX "risk_cases_detected_at_id_idx" ON "risk_cases"("detected_at", "id");

-- CreateIndex
CREATE INDEX "risk_cases_user_id_idx" ON "risk_cases"("user_id");

-- One open case a person, whoever scores them.
CREATE UNIQUE INDEX "risk_cases_one_open" ON "risk_cases" ("user_id") WHERE "status" = 'OPEN';

-- The number of the last case.
INSERT INTO "risk_queue" ("id", "version") VALUES (1, 0);
