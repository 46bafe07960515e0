-- CreateTable
CREATE TABLE "organisation_invitations" (
    "id" TEXT NOT NULL,
    "organisation_id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "role" "organisation_role" NOT NULL,
    "invited_by" TEXT NOT NULL,
    "token_hash" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "organisation_invitations_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "organisation_invitations_token_hash_key" ON "organisation_invitations"("token_hash");

-- CreateIndex
CREATE INDEX "organisation_invitations_expires_at_idx" ON "organisation_invitations"("expires_at");

-- CreateIndex
CREATE INDEX "organisation_invitations_email_idx" ON "organisation_invitations"("email");

-- CreateIndex
CREATE UNIQUE INDEX "organisation_invitations_organisation_id_email_key" ON "organisation_invitations"("organisation_id", "email");

-- AddForeignKey
ALTER TABLE "organisation_invitations" ADD CONSTRAINT "organisation_invitations_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisations"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- What follows Prisma cannot express.

ALTER TABLE "organisation_invitations" ADD CONSTRAINT "organisation_invitations_email_lower_case" CHECK (email = lower(email));

-- An organisation keeps an owner, whatever removes the others. The lock makes owners who demote each other wait: the
-- second sees what the first did, because each statement of a volatile function has a snapshot of its own.
CREATE FUNCTION organisation_keeps_an_owner() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM organisations WHERE id = OLD.organisation_id FOR NO KEY UPDATE;
  IF FOUND AND NOT EXISTS (
    SELECT FROM organisation_members WHERE organisation_id = OLD.organisation_id AND role = 'OWNER'
  ) THEN
    RAISE EXCEPTION 'the last owner violates check constraint "organisations_keep_an_owner"' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER organisation_keeps_an_owner_on_update AFTER UPDATE ON "organisation_members"
  FOR EACH ROW WHEN (OLD.role = 'OWNER' AND NEW.role <> 'OWNER') EXECUTE FUNCTION organisation_keeps_an_owner();
CREATE TRIGGER organisation_keeps_an_owner_on_delete AFTER DELETE ON "organisation_members"
  FOR EACH ROW WHEN (OLD.role = 'OWNER') EXECUTE FUNCTION organisation_keeps_an_owner();
