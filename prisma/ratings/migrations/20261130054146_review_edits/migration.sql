-- CreateTable
CREATE TABLE "review_edits" (
    "review_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "author_id" TEXT NOT NULL,
    "edited_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "review_edits_pkey" PRIMARY KEY ("review_id","version")
);

-- CreateIndex
CREATE INDEX "review_edits_author_id_edited_at_idx" ON "review_edits"("author_id", "edited_at");
