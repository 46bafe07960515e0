import { RedisPubSub } from 'graphql-redis-subscriptions';
import type { Redis } from 'ioredis';

/** What subscription resolvers listen to: the messages that the outbox relay pushes. */
export interface PubSub {
  /**
   * What a subscription yields from now on: each message of the channel, turned into the root value of one event.
   *
   * @param rootValueOf gives an object with the subscription's field, such as `{ seatMapChanged: … }`
   */
  listen<Message, RootValue>(
    channel: string,
    rootValueOf: (message: Message) => RootValue | Promise<RootValue>,
  ): AsyncIterableIterator<RootValue>;
  close(): Promise<void>;
}

/** The Redis channel of a push. The relay publishes to the same name. */
export function pushChannel(namespace: string, channel: string): string {
  return `${namespace}:push:${channel}`;
}

/**
 * Pub/sub over Redis by graphql-redis-subscriptions: one subscription in Redis a channel, however many listeners.
 *
 * @param redis a connection to copy; pub/sub needs ones of its own
 */
export function pubSub({ redis, namespace }: { redis: Redis; namespace: string }): PubSub {
  const publisher = redis.duplicate();
  const subscriber = redis.duplicate();
  const engine = new RedisPubSub({ publisher, subscriber });
  return {
    listen: <Message, RootValue>(channel: string, rootValueOf: (message: Message) => RootValue | Promise<RootValue>) =>
      mapped(engine.asyncIterableIterator<Message>(pushChannel(namespace, channel)), rootValueOf),
    close: async () => {
      await engine.close();
    },
  };
}

/** By hand rather than by an async generator: `return` must end an iterator that waits for its next message. */
function mapped<In, Out>(
  source: AsyncIterableIterator<In>,
  turn: (value: In) => Out | Promise<Out>,
): AsyncIterableIterator<Out> {
  const ended = { done: true, value: undefined } as const;
  const result: AsyncIterableIterator<Out> = {
    next: async () => {
      const step = await source.next();
      return step.done ? ended : { done: false, value: await turn(step.value) };
    },
    return: async () => {
      await source.return?.();
      return ended;
    },
    [Symbol.asyncIterator]: () => result,
  };
  return result;
}
