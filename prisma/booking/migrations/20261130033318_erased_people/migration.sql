-- CreateTable
CREATE TABLE "erased_people" (
    "id" TEXT NOT NULL,
    "erased_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "erased_people_pkey" PRIMARY KEY ("id")
);
