-- The country of what is there already is known by its time zone.
ALTER TABLE "cities" ADD COLUMN "country_code" CHAR(2) NOT NULL DEFAULT 'ZZ';
UPDATE "cities" SET "country_code" = "known"."country" FROM (VALUES
  ('GB', 'Europe/London'),
  ('FR', 'Europe/Paris'),
  ('DE', 'Europe/Berlin'),
  ('ES', 'Europe/Madrid'),
  ('IT', 'Europe/Rome'),
  ('NL', 'Europe/Amsterdam'),
  ('SE', 'Europe/Stockholm'),
  ('IE', 'Europe/Dublin'),
  ('AT', 'Europe/Vienna'),
  ('PL', 'Europe/Warsaw'),
  ('PT', 'Europe/Lisbon'),
  ('CH', 'Europe/Zurich'),
  ('IS', 'Atlantic/Reykjavik'),
  ('US', 'America/New_York'),
  ('US', 'America/Los_Angeles'),
  ('US', 'America/Chicago'),
  ('CA', 'America/Toronto'),
  ('MX', 'America/Mexico_City'),
  ('BR', 'America/Sao_Paulo'),
  ('AR', 'America/Argentina/Buenos_Aires'),
  ('JP', 'Asia/Tokyo'),
  ('KR', 'Asia/Seoul'),
  ('SG', 'Asia/Singapore'),
  ('AU', 'Australia/Sydney'),
  ('IN', 'Asia/Kolkata'),
  ('ZA', 'Africa/Johannesburg'),
  ('AE', 'Asia/Dubai'),
  ('TR', 'Europe/Istanbul')
) AS "known" ("country", "time_zone") WHERE "known"."time_zone" = "cities"."time_zone";
ALTER TABLE "cities" ALTER COLUMN "country_code" DROP DEFAULT;

-- AlterTable
ALTER TABLE "shows" ADD COLUMN "max_seats_per_customer" INTEGER,
ADD COLUMN "transferable" BOOLEAN NOT NULL DEFAULT true;
