import { type IdempotencyRow, isUniqueViolation, keyInsert, type Sql, sql } from '@marquee/database';
import { audited, type NewEvent, outboxInsert } from '@marquee/events';
import { formatMoney, toMoney } from '@marquee/money';
import type { PrismaClient } from '@marquee/prisma-payments';
import { isPossibleId } from '@marquee/subgraph/ids';

import { accountId } from '../domain/ledger.ts';
import {
  type DuePayout,
  type EndedShow,
  type NewPayout,
  type Payout,
  payoutEntry,
  payoutFailedEntry,
  payoutPaidEntry,
  showSettledEntry,
} from '../domain/payout.ts';
import type { ProviderPayout } from '../domain/payment-provider.ts';
import type { Payouts } from '../domain/ports.ts';
import { posting } from './ledger.ts';

const MAX_BACKOFF_SECONDS = 600;

interface PayoutRow extends Omit<Payout, 'amount'> {
  readonly amount: bigint;
  readonly currency: string;
}

const COLUMNS = sql`
  id, organisation_id AS "organisationId", amount, currency, status, arrives_at AS "arrivesAt", created_at AS "createdAt"`;

/** Payouts, and the shows whose money becomes available for them. */
export class PayoutRepository implements Payouts {
  readonly #client: PrismaClient;
  readonly #now: () => Date;

  constructor(client: PrismaClient, now: () => Date) {
    this.#client = client;
    this.#now = now;
  }

  async find(id: string): Promise<Payout | null> {
    if (!isPossibleId(id)) return null;
    const [row] = await this.#client.$queryRaw<PayoutRow[]>`SELECT ${COLUMNS} FROM payouts WHERE id = ${id}`;
    return row ? toPayout(row) : null;
  }

  async latest(organisationIds: readonly string[], currency: string, limit: number): Promise<Payout[]> {
    const rows = await this.#client.$queryRaw<PayoutRow[]>`
      SELECT ${COLUMNS} FROM unnest(${organisationIds}::text[]) AS asked (asked_id) CROSS JOIN LATERAL (
        SELECT * FROM payouts WHERE organisation_id = asked_id AND currency = ${currency}
        ORDER BY created_at DESC, id DESC LIMIT ${limit}) AS page
      ORDER BY created_at DESC, id DESC`;
    return rows.map(toPayout);
  }

  async request(payout: NewPayout, idempotency: IdempotencyRow | null): Promise<Payout | null> {
    try {
      const [row] = await this.#client.$queryRaw<PayoutRow[]>(requestStatement(payout, idempotency));
      return row ? toPayout(row) : null;
    } catch (error) {
      if (isUniqueViolation(error, 'payouts_once_a_day')) return null;
      throw error;
    }
  }

  async dueOnSchedule(day: Date, limit: number): Promise<Pick<Payout, 'organisationId' | 'amount'>[]> {
    const rows = await this.#client.$queryRaw<Pick<PayoutRow, 'organisationId' | 'amount' | 'currency'>[]>`
      SELECT owner_id AS "organisationId", currency, -amount AS amount
      FROM ledger_accounts AS account JOIN ledger_balances AS balance ON balance.account_id = account.id AND shard = 0
      WHERE kind = 'VENUE_AVAILABLE' AND amount < 0 AND NOT EXISTS (
        SELECT FROM payouts
        WHERE organisation_id = owner_id AND payouts.currency = account.currency AND scheduled_for = ${day}::date)
      ORDER BY account.id LIMIT ${limit}`;
    return rows.map(({ organisationId, amount, currency }) => ({ organisationId, amount: toMoney(amount, currency) }));
  }

  async isRunComplete(day: Date): Promise<boolean> {
    return (await this.#client.payoutRun.count({ where: { day } })) > 0;
  }

  async completeRun(day: Date): Promise<void> {
    await this.#client.payoutRun.createMany({ data: { day, completedAt: this.#now() }, skipDuplicates: true });
  }

  async claimDue(now: Date, limit: number): Promise<DuePayout[]> {
    const rows = await this.#client.$queryRaw<PayoutRow[]>`
      UPDATE payouts SET attempts = attempts + 1, next_try_at = ${now}::timestamptz
        + least(power(2, least(attempts, 10)), ${MAX_BACKOFF_SECONDS}::float8) * interval '1 second'
      WHERE id = ANY (ARRAY (
        SELECT id FROM payouts WHERE status = 'PENDING' AND next_try_at <= ${now}::timestamptz
        ORDER BY next_try_at LIMIT ${limit} FOR UPDATE SKIP LOCKED))
      RETURNING ${COLUMNS}`;
    return rows.map(toPayout);
  }

  async report(payout: DuePayout, reported: ProviderPayout, provider: string): Promise<void> {
    const { id: providerRef, status, failure, arrivesAt } = reported;
    if (status === 'PENDING') {
      await this.#client.$executeRaw`
        UPDATE payouts SET provider_ref = ${providerRef}, arrives_at = ${arrivesAt}::timestamptz
        WHERE id = ${payout.id} AND status = 'PENDING'`;
    } else await this.#settle(payout, { status, providerRef, failure, arrivesAt }, provider);
  }

  refuse(payout: DuePayout, failure: string, provider: string): Promise<void> {
    return this.#settle(payout, { status: 'FAILED', providerRef: null, failure, arrivesAt: null }, provider);
  }

  async #settle(
    payout: DuePayout,
    { status, providerRef, failure, arrivesAt }: PayoutOutcome,
    provider: string,
  ): Promise<void> {
    const now = this.#now();
    const entry = status === 'PAID' ? payoutPaidEntry(payout, provider) : payoutFailedEntry(payout);
    await this.#client.$executeRaw`
      WITH settled AS (
        UPDATE payouts SET status = ${status}::payout_status, provider_ref = coalesce(${providerRef}, provider_ref),
          failure = ${failure}, arrives_at = ${status === 'PAID' ? arrivesAt : null}::timestamptz, next_try_at = NULL,
          settled_at = ${now}::timestamptz
        WHERE id = ${payout.id} AND status = 'PENDING'
        RETURNING id
      ), ${posting(entry, now, sql`settled`)} SELECT`;
  }

  /** Shows that ended lately are looked at again for what was captured since. */
  async endedShows(now: Date, limit: number): Promise<EndedShow[]> {
    const rows = await this.#client.$queryRaw<(Omit<EndedShow, 'pending'> & { pending: object[] })[]>`
      WITH ended AS (
        SELECT id, organisation_id, settlements, ends_at FROM payable_shows
        WHERE settled_at IS NULL AND ends_at <= ${now}::timestamptz AND organisation_id IS NOT NULL
        UNION ALL
        SELECT id, organisation_id, settlements, ends_at FROM payable_shows
        WHERE settled_at IS NOT NULL AND ends_at BETWEEN ${now}::timestamptz - interval '2 days' AND ${now}::timestamptz
      ), held AS (
        SELECT show.id, account.currency, sum(balance.amount) AS amount FROM ended AS show
        JOIN ledger_accounts AS account
          ON account.owner_id = show.organisation_id AND account.kind = 'VENUE_PENDING' AND account.show_id = show.id
        JOIN ledger_balances AS balance ON balance.account_id = account.id
        GROUP BY show.id, account.currency HAVING sum(balance.amount) <> 0
      )
      SELECT show.id AS "showId", show.organisation_id AS "organisationId", show.settlements, (
        SELECT coalesce(jsonb_agg(jsonb_build_object('amount', -amount, 'currency', currency)), '[]')
        FROM held WHERE held.id = show.id) AS pending
      FROM ended AS show JOIN payable_shows USING (id)
      WHERE settled_at IS NULL OR show.id IN (SELECT id FROM held)
      ORDER BY show.ends_at LIMIT ${limit}`;
    return rows as unknown as EndedShow[];
  }

  async settleShow(show: EndedShow): Promise<boolean> {
    const now = this.#now();
    return this.#client.$transaction(async (tx) => {
      const settled = await tx.$executeRaw`
        UPDATE payable_shows SET settlements = settlements + 1, settled_at = ${now}::timestamptz
        WHERE id = ${show.showId} AND settlements = ${show.settlements}::int`;
      if (settled === 0) return false;
      for (const amount of show.pending) {
        await tx.$executeRaw`WITH ${posting(showSettledEntry(show, amount), now)} SELECT`;
      }
      return true;
    });
  }
}

interface PayoutOutcome {
  readonly status: 'PAID' | 'FAILED';
  readonly providerRef: string | null;
  readonly failure: string | null;
  readonly arrivesAt: Date | null;
}

/**
 * Takes a payout out of what is available, if there is enough: the balance is locked first, and judged as it is then, so
 * that payouts at the same time never exceed it together.
 */
function requestStatement(payout: NewPayout, idempotency: IdempotencyRow | null): Sql {
  const { id, organisationId, amount, createdAt } = payout;
  const account = accountId({ kind: 'VENUE_AVAILABLE', organisationId, currency: amount.currency });
  const given = sql`requested`;
  return sql`
    WITH covered AS (
      SELECT FROM ledger_balances
      WHERE account_id = ${account} AND shard = 0 AND -amount >= ${amount.amount}::bigint FOR UPDATE
    ), requested AS (
      INSERT INTO payouts (id, organisation_id, amount, currency, status, requested_by, scheduled_for, provider,
        next_try_at, created_at)
      SELECT ${id}, ${organisationId}, ${amount.amount}::bigint, ${amount.currency}, 'PENDING', ${payout.requestedBy},
        ${payout.scheduledFor}::date, ${payout.provider}, ${createdAt}::timestamptz, ${createdAt}::timestamptz
      FROM covered
      RETURNING *
    ), ${posting(payoutEntry(payout), createdAt, given)}
    ${idempotency ? sql`, keyed AS (${keyInsert(idempotency, id, given)})` : sql``}
    ${payout.requestedBy === null ? sql`` : sql`, logged AS (${outboxInsert([payoutRequested(payout, payout.requestedBy)], given)})`}
    SELECT ${COLUMNS} FROM requested`;
}

/** The entry of the audit log for a payout that a member of the organisation asked for. */
function payoutRequested({ id, organisationId, amount }: NewPayout, actorId: string): NewEvent {
  const subject = { subjectType: 'Organisation', subjectId: organisationId };
  return audited('payments', {
    ...subject,
    actorId,
    action: 'payout.requested',
    detail: `${id}: ${formatMoney(amount)}`,
  });
}

function toPayout({ amount, currency, ...row }: PayoutRow): Payout {
  return { ...row, amount: toMoney(amount, currency) };
}
