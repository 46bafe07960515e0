-- AlterTable
ALTER TABLE "users" ADD COLUMN     "home_city_id" TEXT,
ADD COLUMN     "home_city_zone" TEXT,
ADD COLUMN     "time_zone" TEXT;
