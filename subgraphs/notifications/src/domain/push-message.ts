import type { NoticeMessage } from './messages/index.ts';
import { type NoticeSubject, subjectOf } from './notice-subject.ts';
import type { Notice, NotificationKind } from './notification.ts';
import type { PushSubscription } from './push-endpoint.ts';

/** Bulk messages never wait before those that one person is waiting for: each lane is sent by itself. */
export const PUSH_LANES = ['TRANSACTIONAL', 'BULK'] as const;
export type PushLane = (typeof PUSH_LANES)[number];

/** How soon a device in low power is to be woken (RFC 8030). */
export type PushUrgency = 'low' | 'normal' | 'high';

/** A request to a push service. */
export interface PushContent {
  /** The notification's id, for the client to open it. */
  readonly notificationId: string;
  readonly kind: NotificationKind;
  /** The message, to be written in the language of its person. */
  readonly message: NoticeMessage;
  readonly bookingId: string | null;
  /** The thing that it is about, for the client to lead there. */
  readonly about: NoticeSubject | null;
}

/** The message, in words. */
export interface PushText {
  readonly title: string;
  readonly body: string;
}

/** A message to all endpoints of a person. */
export interface PushMessage extends PushContent {
  readonly userId: string;
  readonly lane: PushLane;
  readonly urgency: PushUrgency;
  /** A newer message of the same topic takes its place; null for none. */
  readonly topic: string | null;
  /** Whether it waits for nothing. */
  readonly isUrgent: boolean;
  /** When nobody wants it any more. */
  readonly expiresAt: Date;
}

/** A message on its way to one endpoint. */
export interface PushDelivery extends PushContent {
  readonly id: string;
  readonly endpointId: string;
  readonly userId: string;
  readonly lane: PushLane;
  readonly isUrgent: boolean;
  readonly host: string;
  readonly subscription: PushSubscription;
  readonly urgency: PushUrgency;
  readonly topic: string | null;
  /** For how long the push service keeps it for a device that is away. */
  readonly ttlSeconds: number;
  /** Whether it is cut, because the service refused it as too large. */
  readonly isShort: boolean;
  /** Tries, including this one. */
  readonly attempts: number;
}

const HOUR_MS = 3_600_000;

/** How long a message is worth delivering, and how urgent it is. */
const BY_KIND: Readonly<Record<NotificationKind, { readonly keptMs: number; readonly urgency: PushUrgency }>> = {
  BOOKING: { keptMs: 24 * HOUR_MS, urgency: 'normal' },
  PAYMENT: { keptMs: 24 * HOUR_MS, urgency: 'normal' },
  WAITLIST: { keptMs: HOUR_MS, urgency: 'high' },
  SUPPORT: { keptMs: 24 * HOUR_MS, urgency: 'normal' },
  PROMOTION: { keptMs: 12 * HOUR_MS, urgency: 'low' },
  ACCOUNT: { keptMs: 24 * HOUR_MS, urgency: 'high' },
};

/** A notice as a push message. What ends within the hour is urgent. */
export function pushMessageOf(
  notice: Notice & { readonly id: string; readonly isUrgent: boolean },
  now: Date,
): PushMessage {
  const { id: notificationId, userId, kind, message, bookingId, topic = null, isBulk = false, isUrgent } = notice;
  const { keptMs, urgency } = BY_KIND[kind];
  const latest = now.getTime() + keptMs;
  const expiresAt = new Date(Math.min(latest, notice.expiresAt?.getTime() ?? latest));
  return {
    ...{ notificationId, userId, kind, message, bookingId, topic, expiresAt },
    ...{ about: subjectOf(notice), isUrgent },
    lane: isBulk ? 'BULK' : 'TRANSACTIONAL',
    urgency: expiresAt.getTime() - now.getTime() < HOUR_MS ? 'high' : urgency,
  };
}

/** Characters of a body, and of one that was too large for the service. Services take 4,096 bytes, encrypted. */
const MAX_BODY = 800;
const MAX_SHORT_BODY = 120;
const MAX_TITLE = 150;
const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The JSON that the client's service worker gets. */
export function pushPayload(
  { notificationId: id, kind, bookingId, about, isShort }: PushDelivery,
  { title, body }: PushText,
): string {
  const text = cut(body, isShort ? MAX_SHORT_BODY : MAX_BODY);
  return JSON.stringify({ id, kind, title: cut(title, MAX_TITLE), body: text, bookingId, about });
}

function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  let short = '';
  for (const { segment } of characters.segment(text)) {
    if (short.length + segment.length >= most) break;
    short += segment;
  }
  return `${short}…`;
}
