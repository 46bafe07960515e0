-- AlterTable
ALTER TABLE "shows" ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "titles" ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "venues" ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 0;
