import type { EventStream, GraphClient } from '../client/index.ts';
import { chooseSeats, chooseShow, type ChosenSeat } from './choose-show.ts';
import type { Journal } from './journal.ts';
import {
  Booking,
  BookingStatusChanged,
  NotificationReceived,
  SeatMap,
  SeatMapChangedSince,
  type SeatMapEvent,
} from './operations.ts';
import { createBooking, holdSeats, logIn, payBooking } from './purchase.ts';

const SEATS = 2;

/**
 * The demo: a customer books seats while another one watches them being taken.
 *
 * @throws when a step fails or an event does not arrive in time.
 */
export async function bookASeat(endpoint: string, journal: Journal): Promise<void> {
  const [customer, viewer] = await Promise.all([
    enter(endpoint, 'customer@marquee.test', journal),
    enter(endpoint, 'customer2@marquee.test', journal),
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
  const seatMap = await watchSeats(viewer, show.id);
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

/** Follows the seat map from the version that was read, so that no change is missed in between. */
export async function watchSeats(viewer: GraphClient, showId: string): Promise<EventStream<SeatMapEvent>> {
  const { show } = await viewer.request(SeatMap, { showId });
  return viewer.subscribe(SeatMapChangedSince, { showId, since: show?.seatMap.version ?? 0 });
}

async function enter(endpoint: string, email: string, journal: Journal): Promise<GraphClient> {
  const client = await logIn(endpoint, email);
  journal.step(`logged in as ${email}`);
  return client;
}

async function reserve(customer: GraphClient, showId: string, seats: ChosenSeat[], journal: Journal): Promise<string> {
  const seatIds = seats.map(({ id }) => id);
  const hold = await holdSeats(customer, showId, seatIds);
  journal.step(`holding them until ${hold.expiresAt}`);
  const { id, status, price } = await createBooking(customer, hold.id);
  journal.step(`booking ${id} is ${status}: ${(price.total.amount / 100).toFixed(2)} ${price.total.currency}`);
  return id;
}

async function pay(customer: GraphClient, bookingId: string, journal: Journal): Promise<void> {
  const payment = await payBooking(customer, bookingId);
  journal.step(`payment ${payment.id} is ${payment.status}`);
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
