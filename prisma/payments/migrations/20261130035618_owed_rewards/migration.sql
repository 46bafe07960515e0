-- AlterTable
ALTER TABLE "wallet_rewards" ADD COLUMN     "currency" CHAR(3),
ADD COLUMN     "customer_id" TEXT,
ADD COLUMN     "owed" BIGINT NOT NULL DEFAULT 0;

-- What follows Prisma cannot express.

ALTER TABLE wallet_rewards ADD CONSTRAINT wallet_rewards_owed CHECK (owed >= 0 AND (owed = 0 OR customer_id IS NOT NULL));
CREATE INDEX wallet_rewards_of_debtors ON wallet_rewards (customer_id, currency) WHERE owed > 0;

-- A reward is added to its wallet once. It is taken back once by its row, and then part by part as far as it is owed.
DROP INDEX journal_entries_once_a_reward;
CREATE UNIQUE INDEX journal_entries_once_a_reward ON journal_entries (reward_id) WHERE kind = 'REWARD';

-- Whatever credits a wallet first pays what its customer owes of rewards that were taken back. The wallet's row is locked
-- by then, as it is while a debt is made, so that no credit misses one.
CREATE FUNCTION collect_owed_rewards() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  debt record;
  taken bigint;
BEGIN
  FOR debt IN
    SELECT reward.id, reward.owed, reward.currency, account_id
    FROM (SELECT DISTINCT account_id FROM added WHERE amount < 0 AND account_id LIKE 'wallet:%') AS credited
    JOIN wallet_balances AS balance USING (account_id)
    JOIN wallet_rewards AS reward
      ON reward.customer_id = balance.customer_id AND reward.currency = balance.currency AND reward.owed > 0
    ORDER BY reward.id FOR UPDATE OF reward
  LOOP
    SELECT least(debt.owed, amount) INTO taken FROM wallet_balances WHERE account_id = debt.account_id;
    CONTINUE WHEN taken = 0;
    UPDATE wallet_rewards SET owed = owed - taken WHERE id = debt.id;
    WITH entry AS (
      INSERT INTO journal_entries (id, kind, reward_id, created_at)
      VALUES ('jrn_' || replace(gen_random_uuid()::text, '-', ''), 'REWARD_TAKEN_BACK', debt.id, now())
      RETURNING id
    )
    INSERT INTO postings (entry_id, account_id, currency, amount)
    SELECT entry.id, debt.account_id, debt.currency, taken FROM entry
    UNION ALL SELECT entry.id, 'promotions:' || debt.currency, debt.currency, -taken FROM entry;
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER postings_pay_owed_rewards AFTER INSERT ON postings
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION collect_owed_rewards();
