import type { PricedSeat } from './hold.ts';

/** Admission to one seat. */
export interface Ticket {
  readonly id: string;
  readonly cityCode: string;
  readonly bookingId: string;
  readonly showId: string;
  /** Whom it admits; null for a complimentary ticket that nobody has accepted. */
  readonly holderId: string | null;
  /** Who made its booking. */
  readonly customerId: string;
  readonly seat: Pick<PricedSeat, 'id' | 'section' | 'row' | 'number'>;
  readonly status: 'ISSUED' | 'CHECKED_IN' | 'CANCELLED';
  /** Codes of other versions admit nobody. */
  readonly codeVersion: number;
  /** Since when codes of this version are valid. */
  readonly codeSince: Date;
  readonly issuedAt: Date;
  /** The earliest scan that admitted somebody, and the device that made it; null until then. */
  readonly checkedInAt: Date | null;
  readonly checkedInBy: string | null;
}

/** The code that admits the ticket's holder now. */
export function codeOf({ id, showId, codeVersion }: Pick<Ticket, 'id' | 'showId' | 'codeVersion'>): TicketCode {
  return { ticketId: id, showId, version: codeVersion };
}

/** The statement that a signed code makes. */
export interface TicketCode {
  readonly ticketId: string;
  readonly showId: string;
  /** The version of the ticket's code. */
  readonly version: number;
}

export interface TicketPublicKey {
  /** As codes name it. */
  readonly id: string;
  /** SPKI in PEM. */
  readonly publicKey: string;
}

/** The keys of valid codes, first the one that signs now. */
export type TicketPublicKeys = readonly [TicketPublicKey, ...TicketPublicKey[]];
