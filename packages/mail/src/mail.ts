/** Mail that somebody waits for is never behind mail to many. */
export type MailLane = 'TRANSACTIONAL' | 'BULK';

/** A mail to send. Its text is made when it is sent. */
export interface NewMail {
  /** The domain's word for its text, such as `VERIFY_EMAIL`. */
  readonly kind: string;
  /** Null where only the address is known. */
  readonly userId: string | null;
  /** Where it goes to; null where that is asked when it is sent. */
  readonly address?: string | null;
  /** The id of what it is about; null for none. */
  readonly about?: string | null;
  /** `TRANSACTIONAL` by default. */
  readonly lane?: MailLane;
}

/** A mail that waits to be sent. */
export interface OutgoingMail extends Required<NewMail> {
  readonly id: string;
  /** Tries to send it, including this one. */
  readonly attempts: number;
  /** Why this process cannot read the address, if so: another one may have the key. */
  readonly unreadable?: Error;
}

/** A mail as it is sent. */
export interface MailMessage {
  /** The same for each try, so that a mailbox recognises a repeat. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Further headers. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A mail server's last word: it took the mail, there is no such mailbox, or it refused what the mail says. */
export type MailAnswer = 'sent' | 'bounced' | 'refused';

/** The mail server asks to try this mail later. It says nothing about others. */
export class TryLaterError extends Error {
  override readonly name = 'TryLaterError';
}

/** Hands a mail to the mail server. @throws {TryLaterError} @throws when the server is not there */
export type SendMail = (message: MailMessage) => Promise<MailAnswer>;

/** The outcome of an attempt to send a mail: `needless` when nobody is there to get it any more. */
export type MailOutcome = MailAnswer | 'needless' | 'failed' | 'abandoned';

/** A mail whose try is over, with what it was sent as. */
export interface TriedMail {
  readonly mail: OutgoingMail;
  readonly outcome: MailOutcome;
  /** Null when it was not composed. */
  readonly message: MailMessage | null;
}

const MAX_WAIT_SECONDS = 3_600;
/** About a day of tries. */
export const MAX_MAIL_ATTEMPTS = 30;

/** Seconds until a mail is tried again: 5, then twice as long each time, up to an hour. */
export function retryDelaySeconds(attempts: number): number {
  return Math.min(MAX_WAIT_SECONDS, 5 * 2 ** (attempts - 1));
}
