import { createHmac } from 'node:crypto';
import { Agent, type Dispatcher } from 'undici';
import webPush from 'web-push';

import type { SendPush } from '../domain/ports.ts';
import { PUSH_LANES, pushPayload, type PushDelivery, type PushLane } from '../domain/push-message.ts';
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

/** Connections to a host of each lane, so that what somebody waits for never queues behind what many get. */
const CONNECTIONS_PER_HOST: Readonly<Record<PushLane, number>> = { TRANSACTIONAL: 16, BULK: 64 };
/** Above what a service says about an error. */
const MAX_ANSWER_BYTES = 16_384;
/** Characters of a topic (RFC 8030). */
const MAX_TOPIC = 32;
const LONGEST_RETRY_AFTER_MS = 24 * 3_600_000;

/** Sends by web push (RFC 8030), encrypted for the browser (RFC 8291). It follows no redirect. */
export interface PushSender {
  readonly send: SendPush;
  close(): Promise<void>;
}

export function pushSender({ vapid, contact, allowsLoopback, timeoutMs }: PushSenderOptions): PushSender {
  const lookup = publicLookup(allowsLoopback);
  const authorizationFor = vapidTokens(vapid, contact);
  const nameTopic = topicNames(vapid);
  const agentOf = (lane: PushLane) =>
    new Agent({ connections: CONNECTIONS_PER_HOST[lane], connect: { lookup, timeout: timeoutMs } });
  const agents = { TRANSACTIONAL: agentOf('TRANSACTIONAL'), BULK: agentOf('BULK') } as const;
  return {
    send: async (delivery, text) => {
      try {
        const { endpoint, headers, body } = encrypted(delivery, pushPayload(delivery, text), nameTopic);
        const { origin, pathname, search } = new URL(endpoint);
        return await answerOf(
          await agents[delivery.lane].request({
            ...{ origin, path: `${pathname}${search}`, method: 'POST', body },
            headers: { ...headers, authorization: authorizationFor(origin) },
            signal: AbortSignal.timeout(timeoutMs),
          }),
        );
      } catch {
        return { status: null, retryAfterMs: null };
      }
    },
    close: async () => void (await Promise.all(PUSH_LANES.map((lane) => agents[lane].destroy()))),
  };
}

function encrypted(delivery: PushDelivery, payload: string, nameTopic: NameTopic) {
  const { subscription, ttlSeconds: TTL, urgency, topic } = delivery;
  const { endpoint, ...keys } = subscription;
  const { headers, body } = webPush.generateRequestDetails({ endpoint, keys }, payload, {
    ...{ TTL, urgency, contentEncoding: 'aes128gcm' },
    ...(topic !== null && { topic: nameTopic(topic, endpoint) }),
  });
  const texts = Object.entries(headers).map(([name, value]) => [name, String(value)]);
  return { endpoint, headers: Object.fromEntries(texts) as Record<string, string>, body };
}

type NameTopic = (topic: string, endpoint: string) => string;

/** Names of topics say nothing to the service: neither what they are about, nor which browsers have the same. */
function topicNames({ privateKey }: VapidKeys): NameTopic {
  const key = createHmac('sha256', privateKey).update('topics').digest();
  return (topic, endpoint) =>
    createHmac('sha256', key).update(`${topic} ${endpoint}`).digest('base64url').slice(0, MAX_TOPIC);
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
