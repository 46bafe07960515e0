import { badInput } from '@marquee/errors';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether a URL may be sent to: over TLS, or on the customer's own machine. */
export function isSafe({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname));
}

/**
 * Where a customer is sent after a payment's page. Only the given origins are allowed, and without any the customer's own
 * machine: a page of the payment provider must lead nowhere else.
 *
 * @throws {CodedError} BAD_USER_INPUT
 */
export function requireReturnUrl(given: string | null | undefined, origins: readonly string[]): string | null {
  if (given === null || given === undefined) return null;
  const url = URL.canParse(given) ? new URL(given) : null;
  const named = url && (origins.length > 0 ? origins.includes(url.origin) : LOOPBACK.has(url.hostname));
  if (url && named && isSafe(url) && url.username === '' && url.password === '') return url.href;
  throw badInput('input.returnUrl', 'Send the address of a page on a site that takes payments for this marketplace.');
}

/** The address to return to after a payment. */
export function returnUrlOf(returnUrl: string, paymentId: string): string {
  const url = new URL(returnUrl);
  url.searchParams.set('payment', paymentId);
  return url.href;
}
