import type { SqlTransaction } from '@marquee/database';

import type { Payment } from '../domain/payment.ts';
import { PAYMENT_COLUMNS, type SelectedPayment, toPayment } from './rows.ts';

/**
 * Locks a payment, and the others that pay its booking, until the transaction ends: what is left of each part of a sale is
 * counted over all of them. In the order of their ids, so that two refunds of a booking never deadlock.
 */
export async function lockPayments(tx: SqlTransaction, id: string): Promise<Payment | null> {
  const rows = await tx.$queryRaw<SelectedPayment[]>`
    SELECT ${PAYMENT_COLUMNS} FROM payments p
    WHERE p.id = ${id} OR (p.status = 'SUCCEEDED' AND p.booking_id = (SELECT booking_id FROM payments WHERE id = ${id}))
    ORDER BY p.id FOR UPDATE`;
  const row = rows.find((payment) => payment.id === id);
  return row ? toPayment(row) : null;
}
