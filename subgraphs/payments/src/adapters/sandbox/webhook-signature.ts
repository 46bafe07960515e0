import { createHmac, timingSafeEqual } from 'node:crypto';

import { type RawWebhook, WebhookRejectedError } from '../../domain/payment-provider.ts';

const HEADER = 'marquee-signature';
const TOLERANCE_SECONDS = 300;

/**
 * Verifies the sandbox's webhook signature, `Marquee-Signature: t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">`.
 *
 * @throws {WebhookRejectedError} when the signature is missing or wrong, or its time is more than five minutes off
 */
export function assertSignature({ headers, body }: RawWebhook, secret: string, now: Date): void {
  const header = headers[HEADER];
  const fields = typeof header === 'string' ? header.split(',').map((field) => field.trim().split('=')) : [];
  const t = fields.find(([name]) => name === 't')?.[1] ?? '';
  const signatures = fields.filter(([name]) => name === 'v1').map(([, value]) => value ?? '');
  if (!/^\d{1,12}$/.test(t)) throw new WebhookRejectedError('The webhook is not signed');
  const expected = createHmac('sha256', secret).update(`${t}.${body}`).digest();
  // Every signature is compared in full and in constant time, so that timing reveals nothing.
  const matches = signatures.filter((signature) => equal(Buffer.from(signature, 'hex'), expected)).length > 0;
  if (!matches) throw new WebhookRejectedError("The webhook's signature is wrong");
  const age = Math.abs(now.getTime() / 1000 - Number(t));
  if (age > TOLERANCE_SECONDS) throw new WebhookRejectedError('The webhook time is more than five minutes off');
}

function equal(given: Buffer, expected: Buffer): boolean {
  return given.length === expected.length && timingSafeEqual(given, expected);
}
