-- CreateTable
CREATE TABLE "reminders" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "title_id" TEXT NOT NULL,
    "city_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "found" JSONB,

    CONSTRAINT "reminders_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "show_reminders" (
    "show_id" TEXT NOT NULL,
    "title_name" TEXT,
    "venue_name" TEXT,
    "time_zone" TEXT,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,
    "is_cancelled" BOOLEAN NOT NULL DEFAULT false,
    "due_at" TIMESTAMPTZ(3),
    "after_id" TEXT NOT NULL DEFAULT '',
    "leased_until" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "show_reminders_pkey" PRIMARY KEY ("show_id")
);

-- CreateIndex
CREATE INDEX "reminders_title_id_city_id_idx" ON "reminders"("title_id", "city_id");

-- CreateIndex
CREATE UNIQUE INDEX "reminders_user_id_title_id_city_id_key" ON "reminders"("user_id", "title_id", "city_id");

-- CreateIndex
CREATE INDEX "show_reminders_starts_at_idx" ON "show_reminders"("starts_at");

-- What people are to be reminded of next, and what they are to be told of.
CREATE INDEX "show_reminders_due" ON "show_reminders" ("due_at") WHERE "due_at" IS NOT NULL;
CREATE INDEX "reminders_found" ON "reminders" ("id") WHERE "found" IS NOT NULL;
