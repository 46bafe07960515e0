-- Decisions are appended to and never changed, but for their reasons, which an erasure replaces.
CREATE OR REPLACE FUNCTION refuse_decision_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF to_jsonb(NEW) = jsonb_set(to_jsonb(OLD), '{reason}', '"Erased"') THEN RETURN NEW; END IF;
  END IF;
  RAISE EXCEPTION '% is append-only: decide again', TG_TABLE_NAME;
END $$;
DROP TRIGGER payment_review_decisions_append_only ON payment_review_decisions;
CREATE TRIGGER payment_review_decisions_append_only BEFORE UPDATE OR DELETE ON payment_review_decisions
  FOR EACH ROW EXECUTE FUNCTION refuse_decision_rewrite();
CREATE TRIGGER payment_review_decisions_no_truncate BEFORE TRUNCATE ON payment_review_decisions
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_decision_rewrite();
