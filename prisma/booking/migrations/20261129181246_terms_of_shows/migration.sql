-- The country of what is there already is known by its time zone.
ALTER TABLE "shows" ADD COLUMN "country" CHAR(2) NOT NULL DEFAULT 'ZZ';
UPDATE "shows" SET "country" = "known"."country" FROM (VALUES
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
) AS "known" ("country", "time_zone") WHERE "known"."time_zone" = "shows"."time_zone";
ALTER TABLE "shows" ALTER COLUMN "country" DROP DEFAULT;

-- AlterTable
ALTER TABLE "shows" ADD COLUMN "transferable" BOOLEAN NOT NULL DEFAULT true;
