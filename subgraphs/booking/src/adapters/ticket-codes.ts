import { createHmac } from 'node:crypto';

const PREFIX = 'MQ1';

function signature(secret: string, ticketId: string): string {
  return createHmac('sha256', secret).update(`${PREFIX}.${ticketId}`).digest('base64url').slice(0, 24);
}

/** The text of a ticket's QR code: its id, signed, so that nobody can make one up. */
export function ticketCode(secret: string, ticketId: string): string {
  return `${PREFIX}.${ticketId}.${signature(secret, ticketId)}`;
}
