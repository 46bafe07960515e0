import type { Money } from '@marquee/money';

import type { Show } from './show.ts';

/** A document of ours, as its link names it. */
export interface DocumentKey {
  readonly kind: 'tickets' | 'calendars';
  /** Of the ticket, or of the booking. */
  readonly id: string;
  /** The version of the ticket's code; 0 for a calendar entry. */
  readonly version: number;
}

export interface RenderedDocument {
  readonly mediaType: string;
  readonly body: Buffer | string;
}

/** When and where a show is, as people read it. */
export type Performance = Pick<Show, 'titleName' | 'venueName' | 'screenName' | 'startsAt' | 'endsAt' | 'timeZone'>;

/** The details printed on a ticket. */
export interface PrintedTicket extends Performance {
  readonly ticketId: string;
  readonly section: string;
  /** The row and number, such as `C7`; empty in a section without rows. */
  readonly place: string;
  readonly qrCode: string;
  /** Null for whoever did not buy it. */
  readonly price: Money | null;
}

/** An event of a calendar. */
export interface CalendarEntry extends Performance {
  readonly bookingId: string;
  /** Goes up when the show changes, so that calendars replace the entry. */
  readonly sequence: number;
  readonly seats: readonly string[];
}

export function performanceOf({ titleName, venueName, screenName, startsAt, endsAt, timeZone }: Show): Performance {
  return { titleName, venueName, screenName, startsAt, endsAt, timeZone };
}

/** The show's start at the venue, such as `Friday, 4 December 2026 at 20:00`. */
export function localStart({ startsAt, timeZone }: Pick<Performance, 'startsAt' | 'timeZone'>): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short', timeZone }).format(startsAt);
}
