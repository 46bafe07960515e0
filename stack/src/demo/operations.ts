import { registeredOperations } from '../client/index.ts';

/** The storefront's operations that the demo uses, typed by the fields that it reads. */
const operation = registeredOperations('storefront');

export interface Connection<Node> {
  edges: { node: Node }[];
}

interface Money {
  amount: number;
  currency: string;
}

export interface UserErrorResult {
  __typename: string;
  message?: string;
}

export interface City {
  id: string;
  name: string;
  timeZone: string;
}

export type TitleKind = 'MOVIE' | 'LIVE_EVENT';

export interface TitleSummary {
  id: string;
  name: string;
}

export interface ShowSummary {
  id: string;
  startsAt: string;
  status: string;
  venue: { name: string };
  availability: { total: number; available: number };
}

export interface Seat {
  id: string;
  number: number;
  status: string;
}

export const Login = operation<
  { login: UserErrorResult & { accessToken?: string; user?: { id: string; displayName: string } } },
  { input: { email: string; password: string } }
>('Login');

export const Cities = operation<{ cities: Connection<City> }>('Cities');

export const NowShowing = operation<
  { nowShowing: Connection<TitleSummary> & { totalCount: number } },
  { cityId: string; date: string; kind?: TitleKind; first: number }
>('NowShowing');

export const TitlePage = operation<
  { title: { shows: Connection<ShowSummary> } | null },
  { id: string; cityId: string; date: string }
>('TitlePage');

export const SeatMap = operation<
  {
    show: {
      seatMap: { version: number; sections: { name: string; rows: { label: string; seats: Seat[] }[] }[] };
    } | null;
  },
  { showId: string }
>('SeatMap');

export interface SeatMapEvent {
  seatMapChanged: {
    version: number;
    seats: { id: string; status: string }[];
    show: { id: string; availability: { available: number }; title: { name: string } };
  };
}

export const SeatMapChangedSince = operation<SeatMapEvent, { showId: string; since: number }>('SeatMapChangedSince');

export const HoldSeats = operation<
  { holdSeats: UserErrorResult & { hold?: { id: string; expiresAt: string; total: Money } } },
  { input: { showId: string; seatIds: readonly string[]; idempotencyKey: string } }
>('HoldSeats');

export const CreateBooking = operation<
  { createBooking: UserErrorResult & { booking?: { id: string; status: string; price: { total: Money } } } },
  { input: { holdId: string; idempotencyKey: string } }
>('CreateBooking');

export interface BookingEvent {
  bookingStatusChanged: {
    previousStatus: string;
    booking: {
      id: string;
      status: string;
      tickets: { id: string }[];
      show: { title: { name: string }; venue: { name: string } };
    };
  };
}

export const BookingStatusChanged = operation<BookingEvent, { bookingId: string }>('BookingStatusChanged');

export const PayBooking = operation<
  { payBooking: UserErrorResult & { payment?: { id: string; status: string; actionUrl: string | null } } },
  { input: { bookingId: string; with: { cardToken: string }; idempotencyKey: string } }
>('PayBooking');

export interface NotificationEvent {
  notificationReceived: {
    unreadCount: number;
    notification: { kind: string; title: string; booking: { id: string } | null };
  };
}

export const NotificationReceived = operation<NotificationEvent>('NotificationReceived');

export const Booking = operation<
  {
    booking: {
      status: string;
      tickets: { id: string; seat: { number: number; row: string } }[];
      payments: { status: string }[];
    } | null;
  },
  { id: string }
>('Booking');
