/** Why an address gets no mail: there is no such mailbox, or its owner called our mail spam. */
export type SuppressionReason = 'BOUNCED' | 'COMPLAINED';

/** An address to which mail does not arrive, until its person has another one. */
export interface SuppressedAddress {
  readonly userId: string;
  /** A keyed hash of it. */
  readonly address: Uint8Array;
}

/** A keyed hash of an address, the same in upper and lower case. */
export type HashAddress = (address: string) => Uint8Array;

/** A report of a mail provider about a mail that it had taken. */
export interface MailReport {
  /** Of the mail: the local part of its `Message-ID`. */
  readonly mailId: string;
  readonly reason: SuppressionReason;
}
