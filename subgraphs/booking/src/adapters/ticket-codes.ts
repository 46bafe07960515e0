import { createHmac } from 'node:crypto';

import type { TicketCodes } from '../domain/ticket-codes.ts';

/** The format's version, which starts every code. */
const PREFIX = 'MQ1';
const SIGNATURE_LENGTH = 24;

/** Ticket codes signed with HMAC-SHA-256. Changing the secret invalidates every issued code. */
export class HmacTicketCodes implements TicketCodes {
  readonly #secret: string;

  constructor(secret: string) {
    this.#secret = secret;
  }

  sign(ticketId: string): string {
    const content = `${PREFIX}.${ticketId}`;
    const signature = createHmac('sha256', this.#secret).update(content).digest('base64url');
    return `${content}.${signature.slice(0, SIGNATURE_LENGTH)}`;
  }
}
