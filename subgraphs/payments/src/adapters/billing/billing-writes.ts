import { releaseIdempotencyKey } from '@marquee/database';
import { appendToOutbox } from '@marquee/events';
import type { PrismaClient } from '@marquee/prisma-payments';

import type { MandateCharge } from '../../domain/billing/charge.ts';
import type { NewInvoice } from '../../domain/billing/invoice.ts';
import type { Mandate } from '../../domain/billing/mandate.ts';
import type { MembershipPlan } from '../../domain/billing/membership-plan.ts';
import type { BillingTransaction, BillingWrites, LockedCharge } from '../../domain/billing/ports.ts';
import type { MandateChange } from '../../domain/billing/renewal.ts';
import type { Payment } from '../../domain/payment.ts';
import type { Settlement } from '../../domain/settlement.ts';
import { toPayment } from '../rows.ts';
import { SettlementRepository } from '../settlement.ts';
import { type Transaction, TRANSACTION_LIMITS } from '../transaction.ts';
import { renewalFailed, renewed } from './billing-events.ts';
import { insertInvoice } from './invoices.ts';
import { toCharge, toMandate } from './mandate-rows.ts';
import { changeMandate } from './mandate-transaction.ts';
import { toPlan } from './membership-plans.ts';

/** Writes on mandates in one transaction. A mandate is locked before its payment, and that before a series of invoices. */
class BillingWritesRepository implements BillingWrites {
  readonly refunds: Settlement;
  readonly #tx: Transaction;

  constructor(tx: Transaction, now: () => Date) {
    this.#tx = tx;
    this.refunds = new SettlementRepository(tx, now);
  }

  async lock(chargeId: string): Promise<LockedCharge | null> {
    await this.#tx.$queryRaw`
      SELECT id FROM mandates WHERE id = (SELECT mandate_id FROM mandate_charges WHERE id = ${chargeId}) FOR UPDATE`;
    const row = await this.#tx.mandateCharge.findUnique({
      where: { id: chargeId },
      include: { payment: true, mandate: { include: { plan: true } } },
    });
    if (row?.status !== 'OPEN') return null;
    const { payment, mandate: mandateRow, ...charge } = row;
    const { plan, ...mandate } = mandateRow;
    const newPlan = row.planId && (await this.#tx.membershipPlan.findUnique({ where: { id: row.planId } }));
    return {
      charge: toCharge(charge),
      mandate: toMandate(mandate),
      payment: payment && toPayment(payment),
      plan: plan && toPlan(plan),
      newPlan: newPlan ? toPlan(newPlan) : null,
    };
  }

  async close({ id }: MandateCharge, status: 'PAID' | 'FAILED'): Promise<void> {
    await this.#tx.mandateCharge.update({ where: { id }, data: { status } });
  }

  async keepCard({ id, customerId }: Mandate, paymentMethodId: string): Promise<void> {
    await this.#tx.$executeRaw`
      WITH card AS MATERIALIZED (
        SELECT id FROM payment_methods WHERE id = ${paymentMethodId} AND customer_id = ${customerId} FOR KEY SHARE
      )
      UPDATE mandates SET payment_method_id = card.id FROM card WHERE mandates.id = ${id}`;
  }

  change(mandate: Mandate, change: MandateChange, plan: MembershipPlan | null): Promise<Mandate | null> {
    return changeMandate(this.#tx, mandate, change, plan);
  }

  issue(invoice: NewInvoice): Promise<void> {
    return insertInvoice(this.#tx, invoice);
  }

  async paymentsOf(mandateId: string): Promise<Payment[]> {
    const rows = await this.#tx.payment.findMany({
      where: { mandateCharge: { mandateId }, status: 'SUCCEEDED' },
      orderBy: { mandateCharge: { sequence: 'desc' } },
    });
    return rows.map(toPayment);
  }

  async releaseKey({ customerId, id }: Mandate): Promise<void> {
    await releaseIdempotencyKey(this.#tx, customerId, id);
  }

  async announceRenewal(mandate: Mandate, plan: MembershipPlan | null, amount: number): Promise<void> {
    await appendToOutbox(this.#tx, [renewed(mandate, plan, amount)]);
  }

  async announceFailure(mandate: Mandate, plan: MembershipPlan | null, amount: number): Promise<void> {
    await appendToOutbox(this.#tx, [renewalFailed(mandate, plan, amount)]);
  }
}

/** Runs work on mandates in a transaction of its own. */
export function billingTransactions(client: PrismaClient, now: () => Date): BillingTransaction {
  return (work) => client.$transaction((tx) => work(new BillingWritesRepository(tx, now)), TRANSACTION_LIMITS);
}
