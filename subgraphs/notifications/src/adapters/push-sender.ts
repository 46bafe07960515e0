import { createHash } from 'node:crypto';
import { Agent, type Dispatcher } from 'undici';
import webPush from 'web-push';

import type { SendPush } from '../domain/ports.ts';
import { pushPayload, type PushDelivery } from '../domain/push-message.ts';
import type { PushAnswer } from '../domain/push-outcome.ts';
import { publicLookup } from './public-addresses.ts';
import { vapidTokens } from './vapid-tokens.ts';
import type { VapidKeys } from './vapid.ts';

export interface PushSenderOptions {
  readonly vapid: VapidKeys;
  /** Whom push services turn to: `mailto:` or `https:`. */
  readonly contact: string;
  readonly allowsLoopback: boolean;
  readonly timeoutMs: number;
}

const CONNECTIONS_PER_HOST = 16;
/** Above what a service says about an error. */
const MAX_ANSWER_BYTES = 16_384;
const LONGEST_RETRY_AFTER_MS = 24 * 3_600_000;

/** Sends by web push (RFC 8030), encrypted for the browser (RFC 8291). It follows no redirect. */
export interface PushSender {
  readonly send: SendPush;
  close(): Promise<void>;
}

export function pushSender({ vapid, contact, allowsLoopback, timeoutMs }: PushSenderOptions): PushSender {
  const lookup = publicLookup(allowsLoopback);
  const authorizationFor = vapidTokens(vapid, contact);
  const dispatcher = new Agent({ connections: CONNECTIONS_PER_HOST, connect: { lookup, timeout: timeoutMs } });
  return {
    send: async (delivery, text) => {
      try {
        const { endpoint, headers, body } = encrypted(delivery, pushPayload(delivery, text));
        const { origin, pathname, search } = new URL(endpoint);
        return await answerOf(
          await dispatcher.request({
            ...{ origin, path: `${pathname}${search}`, method: 'POST', body },
            headers: { ...headers, authorization: authorizationFor(origin) },
            signal: AbortSignal.timeout(timeoutMs),
          }),
        );
      } catch {
        return { status: null, retryAfterMs: null };
      }
    },
    close: () => dispatcher.destroy(),
  };
}

function encrypted(delivery: PushDelivery, payload: string) {
  const { subscription, ttlSeconds: TTL, urgency, topic } = delivery;
  const { endpoint, ...keys } = subscription;
  const { headers, body } = webPush.generateRequestDetails({ endpoint, keys }, payload, {
    ...{ TTL, urgency, contentEncoding: 'aes128gcm' },
    ...(topic !== null && { topic: topicName(topic) }),
  });
  const texts = Object.entries(headers).map(([name, value]) => [name, String(value)]);
  return { endpoint, headers: Object.fromEntries(texts) as Record<string, string>, body };
}

/** A topic has 32 characters at most, and says nothing to the service. */
function topicName(topic: string): string {
  return createHash('sha256').update(topic).digest('base64url').slice(0, 32);
}

async function answerOf({ statusCode: status, headers, body }: Dispatcher.ResponseData): Promise<PushAnswer> {
  // A body that breaks off is not part of the answer.
  await body.dump({ limit: MAX_ANSWER_BYTES }).catch(() => undefined);
  return { status, retryAfterMs: retryAfterMs(headers['retry-after']?.toString()) };
}

/** @param header seconds, or a date of HTTP */
function retryAfterMs(header: string | undefined): number | null {
  if (header === undefined) return null;
  const ms = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - Date.now();
  return Number.isNaN(ms) ? null : Math.min(LONGEST_RETRY_AFTER_MS, Math.max(0, ms));
}
