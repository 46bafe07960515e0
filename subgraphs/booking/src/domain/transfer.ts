/** The most offers of a ticket in a day: each sends a mail. */
export const MAX_OFFERS_A_DAY = 5;
/** How long an offer to another person waits, at most until the show begins. */
export const OFFER_HOURS = 48;

/** Why a ticket cannot be offered. */
export type TransferRefusal = 'CANCELLED' | 'USED' | 'SHOW_BEGUN' | 'NOT_TRANSFERABLE' | 'OFFERED' | 'TOO_OFTEN';

export type TransferStatus = 'PENDING' | 'ACCEPTED' | 'CANCELLED' | 'EXPIRED';

/** A change of an offer, for those whom it concerns. */
export type TransferChange = 'OFFERED' | 'ACCEPTED' | 'TAKEN_BACK' | 'EXPIRED';

/** A ticket that is offered to somebody by mail. */
export interface TicketTransfer {
  readonly id: string;
  /** Transfers of one offer are accepted together. */
  readonly offerId: string;
  readonly ticketId: string;
  /** The ticket's holder, or the partner who gives it away. */
  readonly senderId: string;
  /** Null once the transfer has ended. */
  readonly toEmail: string | null;
  readonly status: TransferStatus;
  readonly expiresAt: Date;
}

/** The contents of the mail that offers tickets. */
export interface OfferMail {
  readonly to: string;
  readonly token: string;
  readonly titleName: string;
  readonly venueName: string;
  readonly startsAt: Date;
  readonly tickets: number;
  readonly expiresAt: Date;
  /** The venue's. */
  readonly timeZone: string;
}
