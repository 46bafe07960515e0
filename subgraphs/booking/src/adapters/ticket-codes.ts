import { createHmac } from 'node:crypto';

/** The format's version, which starts every code. */
const PREFIX = 'MQ1';
const SIGNATURE_LENGTH = 24;

/**
 * Makes the codes that admit ticket holders, signed by HMAC-SHA-256 so that nobody can forge one. Changing the secret
 * invalidates every issued code.
 */
export function ticketSigner(secret: string): (ticketId: string) => string {
  return (ticketId) => {
    const content = `${PREFIX}.${ticketId}`;
    const signature = createHmac('sha256', secret).update(content).digest('base64url');
    return `${content}.${signature.slice(0, SIGNATURE_LENGTH)}`;
  };
}
