-- CreateEnum
CREATE TYPE "organisation_role" AS ENUM ('OWNER', 'MANAGER', 'BOX_OFFICE', 'SCANNER', 'FINANCE');

-- CreateTable
CREATE TABLE "organisations" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "country" CHAR(2) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organisations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "organisation_members" (
    "organisation_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "role" "organisation_role" NOT NULL,
    "joined_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organisation_members_pkey" PRIMARY KEY ("organisation_id","user_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "organisations_slug_key" ON "organisations"("slug");

-- CreateIndex
CREATE INDEX "organisation_members_user_id_joined_at_idx" ON "organisation_members"("user_id", "joined_at");

-- AddForeignKey
ALTER TABLE "organisation_members" ADD CONSTRAINT "organisation_members_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "organisation_members" ADD CONSTRAINT "organisation_members_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What follows Prisma cannot express.

ALTER TABLE "organisations"
  ADD CONSTRAINT "organisations_slug_form" CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  ADD CONSTRAINT "organisations_country_code" CHECK (country ~ '^[A-Z]{2}$');

-- Whoever could open venues before owns an organisation of their own; catalog and booking give their venues and shows the
-- same id.
INSERT INTO "organisations" (id, name, slug, country)
SELECT 'org_' || substr(id, 5), display_name, 'venues-' || lower(regexp_replace(substr(id, 5), '[^a-zA-Z0-9]+', '-', 'g')), 'ZZ'
FROM "users" WHERE roles && ARRAY['PARTNER', 'ADMIN'];
INSERT INTO "organisation_members" (organisation_id, user_id, role)
SELECT 'org_' || substr(id, 5), id, 'OWNER' FROM "users" WHERE roles && ARRAY['PARTNER', 'ADMIN'];
