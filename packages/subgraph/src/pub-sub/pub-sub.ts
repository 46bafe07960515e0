import { onResubscribed, subscriberConnection } from '@marquee/redis';
import type { Log, Tracer } from '@marquee/telemetry';
import { pushChannel } from '@marquee/events/push-channel';
import { RedisPubSub } from 'graphql-redis-subscriptions';
import type { Redis } from 'ioredis';

import { engineSubscriber } from './engine-subscriber.ts';
import type { Feed, Resume } from './feed.ts';
import { FeedStream } from './feed-stream.ts';

/** The feeds of changes, for subscription resolvers. */
export interface PubSub {
  /** The feed's events from now on. */
  listen<Message, RootValue extends object>(feed: Feed<Message, RootValue>): AsyncIterableIterator<RootValue>;
}

/** The pub/sub of a process. */
export interface SharedPubSub {
  /** For one subscription. */
  forSubscription(resume: Resume | undefined): PubSub;
  close(): void;
}

export interface PubSubOptions {
  /** Copied, because pub/sub needs its own connection. */
  readonly redis: Redis;
  readonly namespace: string;
  readonly log: Log;
  readonly tracer?: Tracer | undefined;
}

/**
 * Pub/sub over Redis, with one Redis subscription per channel, however many listeners.
 *
 * Redis keeps no messages, and the engine drops those that it reads together with the confirmation of a subscription. So
 * a feed is read again once its channel is subscribed, and after each loss of the connection.
 */
export function pubSub({ redis, namespace, log, tracer }: PubSubOptions): SharedPubSub {
  const subscriber = subscriberConnection(redis, `${namespace}:pushes`);
  const onFailure = (err: unknown): void => log.warn({ err }, 'a channel could not be subscribed');
  const engine = new RedisPubSub({ publisher: redis, subscriber: engineSubscriber(subscriber, onFailure) });
  const streams = new Set<{ recheck(): void }>();
  onResubscribed(subscriber, () => {
    for (const stream of streams) stream.recheck();
  });

  const listen = <Message, RootValue extends object>(feed: Feed<Message, RootValue>, resume: Resume | undefined) => {
    const channel = pushChannel(namespace, feed.channel);
    const stream = new FeedStream(feed, resume?.after ?? feed.version, { tracer, onEnd: () => end() });
    const subscribed = engine.subscribe(channel, (message: Message) => stream.receive(message));
    const end = (): void => {
      streams.delete(stream);
      void subscribed.then((id) => engine.unsubscribe(id));
    };
    streams.add(stream);
    void subscribed.then(() => {
      if (resume) stream.start();
      stream.recheck();
    });
    return stream;
  };
  return {
    forSubscription: (resume) => ({ listen: (feed) => listen(feed, resume) }),
    close: () => subscriber.disconnect(),
  };
}
