import { toMoney } from '@marquee/money';
import type { Prisma } from '@marquee/prisma-payments';
import { isPossibleId } from '@marquee/subgraph/ids';

import type { ClosedBooking, PayableBooking } from '../domain/payable-booking.ts';
import type { PayableBookings } from '../domain/ports.ts';
import type { Transaction } from './transaction.ts';

/** The bookings that can or could be paid, projected from booking's events. */
export class PayableBookingRepository implements PayableBookings {
  readonly #client: Transaction;

  constructor(client: Transaction) {
    this.#client = client;
  }

  async find(id: string): Promise<PayableBooking | ClosedBooking | null> {
    if (!isPossibleId(id)) return null;
    const row = await this.#client.payableBooking.findUnique({ where: { id } });
    if (!row) return null;
    const { customerId, status, amount, currency, expiresAt } = row;
    if (status === 'CLOSED' || amount === null || currency === null || expiresAt === null) {
      return { status: 'CLOSED', id, customerId };
    }
    return { status, id, customerId, total: toMoney(amount, currency), expiresAt };
  }

  async add(booking: PayableBooking | ClosedBooking): Promise<void> {
    await this.#client.payableBooking.createMany({ data: [toColumns(booking)], skipDuplicates: true });
  }

  async close(booking: ClosedBooking, now: Date): Promise<void> {
    await this.#client.payableBooking.upsert({
      where: { id: booking.id },
      create: toColumns(booking),
      update: { status: 'CLOSED' },
    });
    await this.#client.payment.updateMany({
      where: { bookingId: booking.id, status: { in: ['REQUIRES_ACTION', 'PROCESSING'] }, deadline: { gt: now } },
      data: { deadline: now },
    });
    await this.#client.payment.updateMany({
      where: { bookingId: booking.id, status: 'REQUIRES_ACTION' },
      data: { nextCheckAt: now },
    });
  }
}

function toColumns(booking: PayableBooking | ClosedBooking): Prisma.PayableBookingCreateManyInput {
  const { id, customerId, status } = booking;
  if (status === 'CLOSED') return { id, customerId, status };
  return { id, customerId, status, ...booking.total, expiresAt: booking.expiresAt };
}
