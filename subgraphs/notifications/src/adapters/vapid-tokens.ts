import { LRUCache } from 'lru-cache';
import webPush from 'web-push';

import type { VapidKeys } from './vapid.ts';

/** A token is valid for half a day, and is used for an hour. */
const USED_FOR_MS = 3_600_000;
const MAX_SERVICES = 1_000;

/**
 * Tells push services who sends, by a token for each. Signing one takes four times as long as encrypting a message.
 *
 * @returns the `Authorization` header for a service
 */
export function vapidTokens({ publicKey, privateKey }: VapidKeys, contact: string): (origin: string) => string {
  const tokens = new LRUCache<string, string>({ max: MAX_SERVICES, ttl: USED_FOR_MS });
  return (origin) => {
    const known = tokens.get(origin);
    if (known !== undefined) return known;
    const { Authorization } = webPush.getVapidHeaders(origin, contact, publicKey, privateKey, 'aes128gcm');
    tokens.set(origin, Authorization);
    return Authorization;
  };
}
