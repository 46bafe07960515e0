-- CreateTable
CREATE TABLE "payout_runs" (
    "day" DATE NOT NULL,
    "completed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "payout_runs_pkey" PRIMARY KEY ("day")
);
