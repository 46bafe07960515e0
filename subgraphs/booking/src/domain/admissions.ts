import type { TicketScan } from './scan.ts';
import type { Show } from './show.ts';
import type { Ticket, TicketCode } from './ticket.ts';

/** A ticket as a gate keeps it while it has no network. */
export type ListedTicket = Pick<Ticket, 'id' | 'showId' | 'codeVersion' | 'status'>;

/** The tickets of a show that admit somebody, all or those that somebody looks for. */
export interface AdmissionsQuery {
  readonly show: Pick<Show, 'cityCode' | 'id'>;
  /** The text of the search, and the holders whose names match it; null for all. */
  readonly search: { readonly text: string; readonly holderIds: readonly string[] } | null;
}

export interface AdmissionCounts {
  readonly totalCount: number;
  readonly checkedIn: number;
}

export interface Admissions {
  /** Admits the holder of a code. @returns null, with nothing changed, unless the ticket is valid and not used */
  admit(code: TicketCode, gate: string): Promise<Ticket | null>;
  /** Records scans of tickets of the show; of several of a ticket the earliest, whichever arrives first. */
  recordScans(show: Pick<Show, 'cityCode' | 'id'>, device: string, scans: readonly TicketScan[]): Promise<void>;
  /** The tickets that admit somebody. */
  listed(show: Pick<Show, 'cityCode' | 'id'>): Promise<ListedTicket[]>;
  /** The people whom tickets of the show admit. */
  holderIds(show: Pick<Show, 'cityCode' | 'id'>): Promise<string[]>;
}

/** The names of people, which accounts knows. */
export interface People {
  /** By id; people without an account are left out. */
  names(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Those of the people whose name contains the text, whatever its case and accents. */
  named(ids: readonly string[], text: string): Promise<string[]>;
}
