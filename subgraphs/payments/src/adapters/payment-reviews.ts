import { audited, outboxInsert } from '@marquee/events';
import { type IdempotencyRow, keyInsert, sql, type SqlTransaction } from '@marquee/database';
import type { Prisma, PrismaClient } from '@marquee/prisma-payments';
import type { LatestPage } from '@marquee/subgraph';
import { isPossibleId, newId } from '@marquee/subgraph/ids';
import { type Instruments, observe } from '@marquee/telemetry';

import type {
  Finding,
  PaymentReview,
  PaymentReviewDecision,
  PaymentReviewStatus,
  ReviewSide,
} from '../domain/payment-review.ts';
import type { PaymentReviews } from '../domain/ports.ts';
import type { FailedRefundDecision } from '../domain/settlement.ts';

const DECISIONS = { decisions: { orderBy: { decidedAt: 'asc' } } } as const satisfies Prisma.PaymentReviewInclude;
type ReviewRow = Prisma.PaymentReviewGetPayload<{ include: typeof DECISIONS }>;

/** Opens a review of each finding that has none. */
export async function openReviews(
  client: SqlTransaction,
  provider: string,
  findings: readonly Finding[],
  at: Date,
): Promise<void> {
  if (findings.length === 0) return;
  const rows = JSON.stringify(findings.map((finding) => ({ ...finding, id: newId('rvw') })));
  await client.$executeRaw`
    INSERT INTO payment_reviews (id, kind, provider, subject, payment_id, refund_id, charge_id, ours, theirs, created_at)
    SELECT row.id, row.kind::payment_review_kind, ${provider}, subject, "paymentId", "refundId", "chargeId", ours, theirs,
      ${at}::timestamptz
    FROM jsonb_to_recordset(${rows}::jsonb) AS row (id text, kind text, subject text, "paymentId" text, "refundId" text,
      "chargeId" text, ours jsonb, theirs jsonb)
    ORDER BY row.kind, subject
    ON CONFLICT DO NOTHING`;
}

/** Records a decision on the open reviews of failed refunds. @returns those reviews, with that decision alone */
export async function decideFailedRefunds(
  client: SqlTransaction,
  { refundIds, ...decision }: FailedRefundDecision & Pick<PaymentReviewDecision, 'decidedAt'>,
): Promise<Pick<PaymentReview, 'id' | 'paymentId' | 'ours' | 'decisions'>[]> {
  const { outcome, reason, decidedBy, decidedAt } = decision;
  const decisionIds = refundIds.map(() => newId('dec'));
  const decided = await client.$queryRaw<Pick<PaymentReview, 'id' | 'paymentId' | 'ours'>[]>`
    WITH decided AS (
      UPDATE payment_reviews AS review SET status = 'DECIDED', failure = NULL
      FROM unnest(${[...refundIds]}::text[], ${decisionIds}::text[]) AS row (refund_id, decision_id)
      WHERE kind = 'REFUND_FAILED' AND subject = row.refund_id AND status = 'OPEN'
      RETURNING review.id, payment_id, ours, decision_id
    ), recorded AS (
      INSERT INTO payment_review_decisions (id, review_id, outcome, reason, decided_by, decided_at)
      SELECT decision_id, id, ${outcome}::payment_review_outcome, ${reason}, ${decidedBy}, ${decidedAt}::timestamptz
      FROM decided
    )
    SELECT id, payment_id AS "paymentId", ours FROM decided ORDER BY id`;
  return decided.map((review) => ({ ...review, decisions: [decision] }));
}

/** The reviews of one provider's payments. */
export class PaymentReviewRepository implements PaymentReviews {
  readonly #client: PrismaClient;
  readonly #provider: string;
  readonly #now: () => Date;

  constructor(client: PrismaClient, provider: string, now: () => Date) {
    this.#client = client;
    this.#provider = provider;
    this.#now = now;
  }

  open(findings: readonly Finding[]): Promise<void> {
    return openReviews(this.#client, this.#provider, findings, this.#now());
  }

  async find(id: string): Promise<PaymentReview | null> {
    if (!isPossibleId(id)) return null;
    const row = await this.#client.paymentReview.findUnique({ where: { id }, include: DECISIONS });
    return row && toReview(row);
  }

  async list(status: PaymentReviewStatus | null, { limit, after }: LatestPage): Promise<PaymentReview[]> {
    const rows = await this.#client.paymentReview.findMany({
      where: {
        ...(status && { status }),
        ...(after && {
          OR: [{ createdAt: { lt: after.createdAt } }, { createdAt: after.createdAt, id: { lt: after.id } }],
        }),
      },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: limit + 1,
      include: DECISIONS,
    });
    return rows.map(toReview);
  }

  async decide(reviewId: string, decision: PaymentReviewDecision, idempotency: IdempotencyRow): Promise<boolean> {
    const { outcome, reason, decidedBy, decidedAt } = decision;
    const subject = { subjectType: 'PaymentReview', subjectId: reviewId };
    const action = audited('payments', {
      ...{ ...subject, actorId: decidedBy, action: 'payment-review.decided', detail: outcome },
    });
    const recorded = await this.#client.$executeRaw`
      WITH decided AS (
        UPDATE payment_reviews SET status = 'DECIDED', failure = NULL WHERE id = ${reviewId} AND status = 'OPEN' RETURNING id
      ), keyed AS (${keyInsert(idempotency, reviewId, sql`decided`)}),
      audit AS (${outboxInsert([action], sql`decided`)})
      INSERT INTO payment_review_decisions (id, review_id, outcome, reason, decided_by, decided_at)
      SELECT ${newId('dec')}, decided.id, ${outcome}::payment_review_outcome, ${reason}, ${decidedBy},
        ${decidedAt}::timestamptz
      FROM decided`;
    return recorded === 1;
  }

  async decided(limit: number): Promise<PaymentReview[]> {
    const rows = await this.#client.paymentReview.findMany({
      where: { status: 'DECIDED', provider: this.#provider },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: limit,
      include: DECISIONS,
    });
    return rows.map(toReview);
  }

  async close(id: string): Promise<void> {
    await this.#client
      .$executeRaw`UPDATE payment_reviews SET status = 'CLOSED' WHERE id = ${id} AND status = 'DECIDED'`;
  }

  async reopen(id: string, failure: string): Promise<void> {
    await this.#client.$executeRaw`
      UPDATE payment_reviews SET status = 'OPEN', failure = ${failure} WHERE id = ${id} AND status = 'DECIDED'`;
  }

  async countOpen(): Promise<number> {
    const [row] = await this.#client.$queryRaw<{ open: number }[]>`
      SELECT count(*)::int AS open FROM payment_reviews WHERE status <> 'CLOSED'`;
    return row?.open ?? 0;
  }
}

function toReview({ ours, theirs, decisions, ...row }: ReviewRow): PaymentReview {
  return {
    ...row,
    ours: ours as unknown as ReviewSide | null,
    theirs: theirs as unknown as ReviewSide | null,
    decisions: decisions.map(({ outcome, reason, decidedBy, decidedAt }) => ({
      outcome,
      reason,
      decidedBy,
      decidedAt,
    })),
  };
}

/** Exports the reviews that wait for staff. */
export function observeReviews(reviews: PaymentReviewRepository, { metrics }: Instruments): void {
  if (!metrics) return;
  observe(metrics, {
    name: 'marquee_payments_reviews_open',
    help: 'Differences from the provider that wait for a decision of staff, or for it to be carried out',
    read: () => reviews.countOpen(),
  });
}
