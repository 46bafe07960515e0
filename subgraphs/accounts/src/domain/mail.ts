import type { SecurityChange } from './security-change.ts';

/**
 * Which mail it is.
 *
 * - VERIFY_EMAIL asks the owner of an address to confirm it.
 * - RESET_PASSWORD lets whoever reads mail at an address choose a password.
 * - INVITATION invites whoever reads mail at an address to work for an organisation.
 * - TICKET_OFFER offers somebody tickets; booking says what and to whom.
 * - EMAIL_CHANGE_REQUESTED warns the present address; the others tell of a change that was made.
 */
export type MailKind =
  | 'VERIFY_EMAIL'
  | 'RESET_PASSWORD'
  | 'INVITATION'
  | 'TICKET_OFFER'
  | 'EMAIL_CHANGE_REQUESTED'
  | SecurityChange;

/** A mail to send. */
export interface NewMail {
  readonly kind: MailKind;
  /** Null where only the address is known. */
  readonly userId: string | null;
  /** Where it goes to; null for the account's own address. */
  readonly address: string | null;
  /** The id of an invitation, or of what it is about in another subgraph, which know the address; null for others. */
  readonly about?: string | null;
}

/** An offer of tickets to somebody, as booking describes it. */
export interface TicketOffer {
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

/** Asks for an offer; null once it has ended. @throws when booking cannot be reached */
export type FetchTicketOffer = (offerId: string) => Promise<TicketOffer | null>;
