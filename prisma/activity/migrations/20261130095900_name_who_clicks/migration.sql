ALTER TABLE "risk_clicks" RENAME COLUMN "who" TO "actor_id";
ALTER TABLE "suspects" RENAME COLUMN "key" TO "actor_id";
