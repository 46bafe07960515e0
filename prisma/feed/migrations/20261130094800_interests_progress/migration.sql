ALTER TABLE "interests" RENAME COLUMN "stage" TO "progress";
