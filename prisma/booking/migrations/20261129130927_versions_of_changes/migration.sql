-- AlterTable
ALTER TABLE "shows" ADD COLUMN     "show_version" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "title_version" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "venue_version" INTEGER NOT NULL DEFAULT 0;
