-- CreateTable
CREATE TABLE "account_erasures" (
    "user_id" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "event_id" UUID NOT NULL,
    "passes" INTEGER NOT NULL DEFAULT 1,
    "ended_sessions" TEXT[],
    "completed_at" TIMESTAMPTZ(3),

    CONSTRAINT "account_erasures_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "data_exports" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "file" BYTEA,
    "ready_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),
    "downloads" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "data_exports_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "data_export_parts" (
    "export_id" TEXT NOT NULL,
    "subgraph" TEXT NOT NULL,
    "content" BYTEA NOT NULL,

    CONSTRAINT "data_export_parts_pkey" PRIMARY KEY ("export_id","subgraph")
);

-- CreateIndex
CREATE INDEX "account_erasures_requested_at_idx" ON "account_erasures"("requested_at");

-- CreateIndex
CREATE INDEX "data_exports_user_id_requested_at_idx" ON "data_exports"("user_id", "requested_at" DESC);

-- CreateIndex
CREATE INDEX "data_exports_expires_at_idx" ON "data_exports"("expires_at");

-- AddForeignKey
ALTER TABLE "data_exports" ADD CONSTRAINT "data_exports_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "data_export_parts" ADD CONSTRAINT "data_export_parts_export_id_fkey" FOREIGN KEY ("export_id") REFERENCES "data_exports"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A person has one export at a time that is being made.
CREATE UNIQUE INDEX "data_exports_one_at_a_time" ON "data_exports" ("user_id") WHERE "file" IS NULL;
-- Erasures that are not complete.
CREATE INDEX "account_erasures_open" ON "account_erasures" ("requested_at") WHERE "completed_at" IS NULL;
