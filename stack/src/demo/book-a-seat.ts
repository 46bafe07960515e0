import { randomUUID } from 'node:crypto';
import { graphClient, type EventStream, type GraphClient } from '../client/index.ts';
import { chooseSeats, chooseShow, type ChosenSeat } from './choose-show.ts';
import type { Journal } from './journal.ts';
import {
  Booking,
  BookingStatusChanged,
  CreateBooking,
  HoldSeats,
  Login,
  NotificationReceived,
  PayBooking,
  SeatMapChanged,
  type SeatMapEvent,
} from './operations.ts';

/** The password of every seeded account. */
export const DEMO_PASSWORD = 'marquee-demo-1';
const SEATS = 2;

/**
 * The demo: a customer books seats while another one watches them being taken.
 *
 * @throws when a step fails or an event does not arrive in time.
 */
export async function bookASeat(endpoint: string, journal: Journal): Promise<void> {
  const [customer, viewer] = await Promise.all([
    logIn(endpoint, 'customer@marquee.test', journal),
    logIn(endpoint, 'customer2@marquee.test', journal),
  ]);
  try {
    await bookSeats(customer, viewer, journal);
  } finally {
    await Promise.all([customer.close(), viewer.close()]);
  }
}

async function bookSeats(customer: GraphClient, viewer: GraphClient, journal: Journal): Promise<void> {
  const notifications = customer.subscribe(NotificationReceived, {});
  notifications.onEvent(({ notificationReceived: { notification, unreadCount } }) =>
    journal.event('customer', `notification “${notification.title}” (${unreadCount} unread)`),
  );
  const { city, title, show, date } = await chooseShow(customer, SEATS);
  journal.step(
    `found ${title.name} at ${show.venue.name}, ${city.name}, on ${date}: ${show.availability.available} seats free`,
  );
  const seatMap = viewer.subscribe(SeatMapChanged, { showId: show.id });
  const seats = await chooseSeats(customer, show.id, SEATS);
  journal.step(`chose ${seats.map(({ row, number }) => `${row}${number}`).join(', ')}`);
  reportSeats(seatMap, seats, journal);

  const bookingId = await reserve(customer, show.id, seats, journal);
  await seatMap.next('the seats’ turn to HELD', becomes('HELD', seats));

  const statuses = customer.subscribe(BookingStatusChanged, { bookingId });
  statuses.onEvent(({ bookingStatusChanged: { previousStatus, booking } }) =>
    journal.event(
      'customer',
      `booking ${previousStatus} → ${booking.status}, ${booking.show.title.name} at ${booking.show.venue.name}`,
    ),
  );
  await pay(customer, bookingId, journal);
  await Promise.all([
    statuses.next('CONFIRMED', ({ bookingStatusChanged }) => bookingStatusChanged.booking.status === 'CONFIRMED'),
    seatMap.next('the seats’ turn to SOLD', becomes('SOLD', seats)),
    notifications.next(
      'the notification',
      ({ notificationReceived }) => notificationReceived.notification.booking?.id === bookingId,
    ),
  ]);
  await showTickets(customer, bookingId, journal);
}

async function logIn(endpoint: string, email: string, journal: Journal): Promise<GraphClient> {
  const { login } = await graphClient({ endpoint }).request(Login, { input: { email, password: DEMO_PASSWORD } });
  if (login.accessToken === undefined) throw unexpectedResult('Login', login);
  journal.step(`logged in as ${email}`);
  return graphClient({ endpoint, accessToken: login.accessToken });
}

async function reserve(customer: GraphClient, showId: string, seats: ChosenSeat[], journal: Journal): Promise<string> {
  const seatIds = seats.map(({ id }) => id);
  const { holdSeats } = await customer.request(HoldSeats, { input: { showId, seatIds, idempotencyKey: randomUUID() } });
  if (!holdSeats.hold) throw unexpectedResult('HoldSeats', holdSeats);
  journal.step(`holding them until ${holdSeats.hold.expiresAt}`);
  const input = { holdId: holdSeats.hold.id, idempotencyKey: randomUUID() };
  const { createBooking } = await customer.request(CreateBooking, { input });
  if (!createBooking.booking) throw unexpectedResult('CreateBooking', createBooking);
  const { id, status, price } = createBooking.booking;
  journal.step(`booking ${id} is ${status}: ${(price.total.amount / 100).toFixed(2)} ${price.total.currency}`);
  return id;
}

async function pay(customer: GraphClient, bookingId: string, journal: Journal): Promise<void> {
  const input = { bookingId, with: { cardToken: 'tok_visa' }, idempotencyKey: randomUUID() };
  const { payBooking } = await customer.request(PayBooking, { input });
  if (!payBooking.payment) throw unexpectedResult('PayBooking', payBooking);
  journal.step(`payment ${payBooking.payment.id} is ${payBooking.payment.status}`);
}

async function showTickets(customer: GraphClient, bookingId: string, journal: Journal): Promise<void> {
  const { booking } = await customer.request(Booking, { id: bookingId });
  if (booking?.status !== 'CONFIRMED' || booking.tickets.length !== SEATS) {
    throw new Error(`The booking is ${booking?.status} with ${booking?.tickets.length} tickets.`);
  }
  journal.step(`tickets for ${booking.tickets.map(({ seat }) => `${seat.row}${seat.number}`).join(', ')}`);
}

function reportSeats(seatMap: EventStream<SeatMapEvent>, seats: ChosenSeat[], journal: Journal): void {
  seatMap.onEvent(({ seatMapChanged }) => {
    const labels = new Map(seats.map(({ id, row, number }) => [id, `${row}${number}`]));
    const changes = seatMapChanged.seats.map(({ id, status }) => `${labels.get(id) ?? id} ${status}`).join(', ');
    journal.event('customer2', `${changes}; ${seatMapChanged.show.availability.available} seats free`);
  });
}

function becomes(status: string, seats: ChosenSeat[]): (event: SeatMapEvent) => boolean {
  return ({ seatMapChanged }) =>
    seats.every(({ id }) => seatMapChanged.seats.some((seat) => seat.id === id && seat.status === status));
}

function unexpectedResult(operation: string, result: { __typename: string; message?: string }): Error {
  return new Error(`${operation} answered ${result.__typename}: ${result.message ?? ''}`);
}
