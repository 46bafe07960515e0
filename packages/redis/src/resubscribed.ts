import type { Redis } from 'ioredis';

/**
 * Calls `listener` when messages may have been missed: the connection was lost, and its channels are subscribed again.
 *
 * @param subscriber a connection of `subscriberConnection`
 */
export function onResubscribed(subscriber: Redis, listener: () => void): void {
  let wasReady = subscriber.status === 'ready';
  subscriber.on('ready', () => {
    // ioredis has sent SUBSCRIBE for each channel by now, so the answer to a ping follows their confirmations.
    if (wasReady) void subscriber.ping().then(listener, () => undefined);
    wasReady = true;
  });
}
