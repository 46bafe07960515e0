import { randomUUID } from 'node:crypto';
import type { GraphClient } from '../client/index.ts';
import { createBooking, holdSeats, payBooking, UnexpectedResultError } from '../demo/purchase.ts';
import { HoldBestAvailable } from './operations.ts';

/** Buys exactly these seats. @returns the booking's id @throws {UnexpectedResultError} */
export async function buySeats(customer: GraphClient, showId: string, seatIds: readonly string[]): Promise<string> {
  return payHold(customer, await holdSeats(customer, showId, seatIds));
}

/** Buys the best free seats. @returns the booking's id @throws {UnexpectedResultError} */
export async function buyBestAvailable(customer: GraphClient, showId: string, quantity: number): Promise<string> {
  const input = { showId, quantity, idempotencyKey: randomUUID() };
  const { holdBestAvailable } = await customer.request(HoldBestAvailable, { input });
  if (!holdBestAvailable.hold) throw new UnexpectedResultError('HoldBestAvailable', holdBestAvailable);
  return payHold(customer, holdBestAvailable.hold);
}

async function payHold(customer: GraphClient, hold: { id: string }): Promise<string> {
  const { id } = await createBooking(customer, hold.id);
  await payBooking(customer, id);
  return id;
}
