-- CreateTable
CREATE TABLE "catch_ups" (
    "source" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "catch_ups_pkey" PRIMARY KEY ("source")
);
