-- What Prisma cannot express. It is a migration of its own: a value of an enum can be used once it is committed.

ALTER TABLE payment_disputes ADD CONSTRAINT payment_disputes_claim CHECK (
  claimed BETWEEN 0 AND amount AND held BETWEEN 0 AND claimed AND owed BETWEEN 0 AND claimed - held
  AND (claimed = 0 OR customer_id IS NOT NULL) AND (owed = 0 OR status = 'LOST')
);
CREATE INDEX payment_disputes_of_debtors ON payment_disputes (customer_id, currency) WHERE owed > 0;

-- Of a dispute that is decided, only what is owed changes: it becomes less.
CREATE OR REPLACE FUNCTION refuse_dispute_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status <> 'OPEN' AND (NEW.owed > OLD.owed OR to_jsonb(NEW) - 'owed' <> to_jsonb(OLD) - 'owed') THEN
    RAISE EXCEPTION 'dispute % is % for good', OLD.id, OLD.status;
  END IF;
  RETURN NEW;
END $$;

-- Each step of a dispute is posted once, and then part by part what is owed.
DROP INDEX journal_entries_once_a_dispute;
CREATE UNIQUE INDEX journal_entries_once_a_dispute ON journal_entries (dispute_id, kind)
  WHERE dispute_id IS NOT NULL AND kind <> 'DISPUTE_COLLECTED';

-- What has been taken of a debt, as an entry of its own.
CREATE FUNCTION collect_debt(debt_kind journal_entry_kind, reward text, dispute text, wallet text, to_account text,
  in_currency text, taken bigint) RETURNS void LANGUAGE sql AS $$
  WITH entry AS (
    INSERT INTO journal_entries (id, kind, reward_id, dispute_id, created_at)
    VALUES ('jrn_' || replace(gen_random_uuid()::text, '-', ''), debt_kind, reward, dispute, now())
    RETURNING id
  )
  INSERT INTO postings (entry_id, account_id, currency, amount)
  SELECT entry.id, wallet, in_currency, taken FROM entry
  UNION ALL SELECT entry.id, to_account, in_currency, -taken FROM entry
$$;

-- Whatever credits a wallet first pays what its customer owes: of rewards that were taken back, then of lost disputes. The
-- wallet's row is locked by then, as it is while a debt is made, so that no credit misses one.
CREATE FUNCTION collect_debts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  wallet record;
  debt record;
  taken bigint;
BEGIN
  FOR wallet IN
    SELECT DISTINCT account_id, customer_id, balance.currency FROM added JOIN wallet_balances AS balance USING (account_id)
    WHERE added.amount < 0 AND account_id LIKE 'wallet:%' ORDER BY account_id
  LOOP
    FOR debt IN
      SELECT id, owed FROM wallet_rewards
      WHERE customer_id = wallet.customer_id AND currency = wallet.currency AND owed > 0 ORDER BY id FOR UPDATE
    LOOP
      SELECT least(debt.owed, amount) INTO taken FROM wallet_balances WHERE account_id = wallet.account_id;
      EXIT WHEN taken = 0;
      UPDATE wallet_rewards SET owed = owed - taken WHERE id = debt.id;
      PERFORM collect_debt('REWARD_TAKEN_BACK', debt.id, NULL, wallet.account_id, 'promotions:' || wallet.currency,
        wallet.currency, taken);
    END LOOP;
    FOR debt IN
      SELECT id, owed FROM payment_disputes
      WHERE customer_id = wallet.customer_id AND currency = wallet.currency AND owed > 0 ORDER BY id FOR UPDATE
    LOOP
      SELECT least(debt.owed, amount) INTO taken FROM wallet_balances WHERE account_id = wallet.account_id;
      EXIT WHEN taken = 0;
      UPDATE payment_disputes SET owed = owed - taken WHERE id = debt.id;
      PERFORM collect_debt('DISPUTE_COLLECTED', NULL, debt.id, wallet.account_id, 'dispute-costs:' || wallet.currency,
        wallet.currency, taken);
    END LOOP;
  END LOOP;
  RETURN NULL;
END $$;
DROP TRIGGER postings_pay_owed_rewards ON postings;
DROP FUNCTION collect_owed_rewards();
CREATE TRIGGER postings_pay_debts AFTER INSERT ON postings
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION collect_debts();
