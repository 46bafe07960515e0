import type { SecurityChange } from './security-change.ts';

/**
 * Which mail it is.
 *
 * - VERIFY_EMAIL asks the owner of an address to confirm it.
 * - RESET_PASSWORD lets whoever reads mail at an address choose a password.
 * - TICKET_OFFER offers somebody tickets; booking says what and to whom.
 * - EMAIL_CHANGE_REQUESTED warns the present address; the others tell of a change that was made.
 */
export type MailKind = 'VERIFY_EMAIL' | 'RESET_PASSWORD' | 'TICKET_OFFER' | 'EMAIL_CHANGE_REQUESTED' | SecurityChange;

/** A mail to send. */
export interface NewMail {
  readonly kind: MailKind;
  /** Null where only the address is known. */
  readonly userId: string | null;
  /** Where it goes to; null for the account's own address. */
  readonly address: string | null;
  /** The id of what it is about in another subgraph, which knows the address; null for mails about accounts. */
  readonly about?: string | null;
}

/** A mail that waits to be sent. */
export interface OutgoingMail extends NewMail {
  readonly id: string;
  /** Tries to send it, including this one. */
  readonly attempts: number;
}

/** An offer of tickets to somebody, as booking describes it. */
export interface TicketOffer {
  readonly to: string;
  readonly token: string;
  readonly titleName: string;
  readonly venueName: string;
  /** At the venue, as people read it. */
  readonly startsAt: string;
  readonly tickets: number;
  readonly expiresAt: Date;
  /** The venue's. */
  readonly timeZone: string;
}

/** Asks for an offer; null once it has ended. @throws when booking cannot be reached */
export type FetchTicketOffer = (offerId: string) => Promise<TicketOffer | null>;

/** A mail as it is sent. */
export interface MailMessage {
  /** The same for each try, so that a mailbox recognises a repeat. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/**
 * Hands a mail to the mail server.
 *
 * @returns false when the server refused it for good, such as an address that does not exist
 * @throws when the server is not there, or asks to try later
 */
export type SendMail = (message: MailMessage) => Promise<boolean>;

/** The outcome of an attempt to send a mail. */
export type MailOutcome = 'sent' | 'needless' | 'refused' | 'failed' | 'abandoned';

const SECOND = 1_000;
const MAX_WAIT_SECONDS = 3_600;
/** About a day of tries. */
export const MAX_MAIL_ATTEMPTS = 30;

/** Time until a mail is tried again: 5 s, then twice as long each time, up to an hour. */
export function retryDelayMs(attempts: number): number {
  return SECOND * Math.min(MAX_WAIT_SECONDS, 5 * 2 ** (attempts - 1));
}
