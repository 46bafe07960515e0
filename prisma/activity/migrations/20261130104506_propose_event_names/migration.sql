-- CreateTable
CREATE TABLE "event_name_proposals" (
    "name" TEXT NOT NULL,
    "network" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "event_name_proposals_pkey" PRIMARY KEY ("name","network")
);

-- CreateIndex
CREATE INDEX "event_name_proposals_network_idx" ON "event_name_proposals"("network");
