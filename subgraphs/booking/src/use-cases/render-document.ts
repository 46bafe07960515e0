import { calendarFile } from '../domain/calendar-file.ts';
import { type DocumentKey, performanceOf, type PrintedTicket, type RenderedDocument } from '../domain/document.ts';
import type { Bookings, Shows, Tickets } from '../domain/ports.ts';
import { codeOf, type Ticket, type TicketCode } from '../domain/ticket.ts';

export interface RenderDocumentDeps {
  readonly shows: Pick<Shows, 'find'>;
  readonly bookings: Pick<Bookings, 'find'>;
  readonly tickets: Pick<Tickets, 'find' | 'ofBookings'>;
  readonly ticketKeys: { sign(code: TicketCode): string };
  readonly printer: { print(ticket: PrintedTicket): Promise<Buffer> };
  readonly now: () => Date;
}

/** The document of a link; null when the ticket admits nobody any more, or was passed on since. */
export async function renderDocument(deps: RenderDocumentDeps, key: DocumentKey): Promise<RenderedDocument | null> {
  return key.kind === 'tickets' ? ticketDocument(deps, key) : calendarDocument(deps, key.id);
}

async function ticketDocument(deps: RenderDocumentDeps, key: DocumentKey): Promise<RenderedDocument | null> {
  const ticket = await deps.tickets.find(key.id);
  if (!ticket || ticket.status === 'CANCELLED' || ticket.codeVersion !== key.version) return null;
  const [show, booking] = await Promise.all([deps.shows.find(ticket.showId), deps.bookings.find(ticket.bookingId)]);
  if (!show) return null;
  const bought = booking?.seats.find(({ id }) => id === ticket.seat.id);
  const body = await deps.printer.print({
    ...performanceOf(show),
    ticketId: ticket.id,
    section: ticket.seat.section,
    place: placeOf(ticket.seat),
    qrCode: deps.ticketKeys.sign(codeOf(ticket)),
    price: ticket.holderId === ticket.customerId ? (bought?.price ?? null) : null,
  });
  return { mediaType: 'application/pdf', body };
}

async function calendarDocument(deps: RenderDocumentDeps, bookingId: string): Promise<RenderedDocument | null> {
  const booking = await deps.bookings.find(bookingId);
  const show = booking && (await deps.shows.find(booking.showId));
  const tickets = (await deps.tickets.ofBookings([bookingId])).filter(({ status }) => status !== 'CANCELLED');
  if (!show || tickets.length === 0) return null;
  const seats = tickets.map(({ seat }) => placeOf(seat) || seat.section);
  const body = calendarFile({ ...performanceOf(show), bookingId, sequence: show.version, seats }, deps.now());
  return { mediaType: 'text/calendar; charset=utf-8', body };
}

function placeOf({ row, number }: Ticket['seat']): string {
  return row ? `${row}${number}` : '';
}
