import { randomUUID } from 'node:crypto';
import { decrypt } from 'http_ece';

import type { ReceivedMessage } from './messages.ts';
import type { Subscription } from './subscriptions.ts';
import { verifiedSender } from './vapid.ts';

/** A refused message, with the status and the reason that the sender gets. */
export class RefusedError extends Error {
  readonly status: number;

  constructor(status: number, reason: string) {
    super(reason);
    this.status = status;
  }
}

/** A message as it came over HTTP. */
export interface MessageRequest {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  /** The origin of this service. */
  readonly audience: string;
}

const MAX_BYTES = 4_096;
const URGENCIES = ['very-low', 'low', 'normal', 'high'];
const TOPIC = /^[\w-]{1,32}$/;

/** Checks a message as push services do (RFC 8030) and decrypts it. @throws {RefusedError} */
export async function receiveMessage(
  subscription: Subscription,
  { headers, body, audience }: MessageRequest,
): Promise<ReceivedMessage> {
  const header = (name: string): string | undefined => headers[name]?.toString();
  const sender = await verifiedSender(header('authorization'), audience);
  if (sender === undefined) throw new RefusedError(403, 'The VAPID token is missing or not valid for this service.');
  const ttl = Number(header('ttl') ?? Number.NaN);
  if (!Number.isInteger(ttl) || ttl < 0) throw new RefusedError(400, 'TTL must be a number of seconds.');
  const urgency = header('urgency') ?? 'normal';
  if (!URGENCIES.includes(urgency)) throw new RefusedError(400, 'Urgency must be very-low, low, normal or high.');
  const topic = header('topic') ?? null;
  if (topic !== null && !TOPIC.test(topic)) throw new RefusedError(400, 'Topic has at most 32 base64url characters.');
  const most = Math.min(MAX_BYTES, subscription.answer?.maxBytes ?? MAX_BYTES);
  if (body.length > most) throw new RefusedError(413, `A message has at most ${most} bytes.`);
  const text = textOf(subscription, body, header('content-encoding'));
  const about = { id: randomUUID(), subscription: subscription.id, receivedAt: new Date() };
  return { ...about, text, bytes: body.length, ttl, urgency, topic, sender };
}

function textOf({ privateKey, authSecret }: Subscription, body: Buffer, encoding: string | undefined): string {
  if (encoding !== 'aes128gcm') throw new RefusedError(400, 'Content-Encoding must be aes128gcm.');
  try {
    return decrypt(body, { version: encoding, privateKey, authSecret }).toString();
  } catch {
    throw new RefusedError(400, 'The message is not encrypted for this subscription.');
  }
}
