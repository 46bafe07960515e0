import { randomUUID } from 'node:crypto';
import { graphClient, type GraphClient } from '../client/index.ts';
import { CreateBooking, HoldSeats, Login, PayBooking } from './operations.ts';

/** The password of every seeded account. */
export const DEMO_PASSWORD = 'marquee-demo-1';

/** A mutation's result other than the one asked for, such as seats taken meanwhile. */
export class UnexpectedResultError extends Error {
  override readonly name = 'UnexpectedResultError';

  constructor(operation: string, result: { __typename: string; message?: string }) {
    super(`${operation} answered ${result.__typename}: ${result.message ?? ''}`);
  }
}

/** Signs a seeded account in. @throws {UnexpectedResultError} */
export async function logIn(endpoint: string, email: string): Promise<GraphClient> {
  const { login } = await graphClient({ endpoint }).request(Login, { input: { email, password: DEMO_PASSWORD } });
  if (login.accessToken === undefined) throw new UnexpectedResultError('Login', login);
  return graphClient({ endpoint, accessToken: login.accessToken });
}

/** Holds exactly these seats. @throws {UnexpectedResultError} */
export async function holdSeats(customer: GraphClient, showId: string, seatIds: readonly string[]) {
  const input = { showId, seatIds, idempotencyKey: randomUUID() };
  const { holdSeats: result } = await customer.request(HoldSeats, { input });
  if (!result.hold) throw new UnexpectedResultError('HoldSeats', result);
  return result.hold;
}

/** Turns a hold into a booking that awaits its payment. @throws {UnexpectedResultError} */
export async function createBooking(customer: GraphClient, holdId: string) {
  const input = { holdId, idempotencyKey: randomUUID() };
  const { createBooking: result } = await customer.request(CreateBooking, { input });
  if (!result.booking) throw new UnexpectedResultError('CreateBooking', result);
  return result.booking;
}

/** Pays a booking by card. @throws {UnexpectedResultError} */
export async function payBooking(customer: GraphClient, bookingId: string) {
  const input = { bookingId, with: { cardToken: 'tok_visa' }, idempotencyKey: randomUUID() };
  const { payBooking: result } = await customer.request(PayBooking, { input });
  if (!result.payment) throw new UnexpectedResultError('PayBooking', result);
  return result.payment;
}
