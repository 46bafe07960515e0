-- Sessions that expire are ended like others, and say so.
ALTER TABLE "sessions" DROP CONSTRAINT "sessions_revoked_for_known";
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_revoked_for_known" CHECK ("revoked_for" IN ('LOGOUT', 'REVOKED', 'REFRESH_TOKEN_REUSED', 'REPLACED', 'CREDENTIALS_CHANGED', 'EXPIRED'));
