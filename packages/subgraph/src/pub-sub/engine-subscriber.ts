import type { Redis } from 'ioredis';

const RETRY_MS = 1_000;

/**
 * The connection as graphql-redis-subscriptions uses it, which leaves rejections of its commands unhandled: a
 * subscription that fails is tried again, and what is left when the connection ends is forgotten.
 *
 * @param onFailure called with each failure
 */
export function engineSubscriber(subscriber: Redis, onFailure: (error: unknown) => void): Redis {
  const subscribe = async (channel: string, done: (error: null) => void): Promise<void> => {
    try {
      await subscriber.subscribe(channel);
      done(null);
    } catch (error) {
      if (subscriber.status === 'end') return;
      onFailure(error);
      setTimeout(() => void subscribe(channel, done), RETRY_MS).unref();
    }
  };
  const unsubscribe = (channel: string): void => void subscriber.unsubscribe(channel).catch(() => undefined);
  const own = new Map<unknown, unknown>(Object.entries({ subscribe, unsubscribe, punsubscribe: () => undefined }));
  return new Proxy(subscriber, { get: (target, name) => own.get(name) ?? Reflect.get(target, name) });
}
