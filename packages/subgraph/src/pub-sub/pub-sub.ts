import { beginTrace, errorType, failSpan, inTrace, SpanKind, type Trace, type Tracer } from '@marquee/telemetry';
import { mapAsyncIterator } from '@whatwg-node/promise-helpers';
import { pushChannel } from '@marquee/events/push-channel';
import { RedisPubSub } from 'graphql-redis-subscriptions';
import type { Redis } from 'ioredis';

/** Messages that the outbox relay pushes, for subscription resolvers. */
export interface PubSub {
  /**
   * The channel's messages from now on, each mapped to the root value of one event.
   *
   * @param rootValueOf returns an object with the subscription's field, such as `{ seatMapChanged: … }`
   */
  listen<Message, RootValue>(
    channel: string,
    rootValueOf: (message: Message) => RootValue | Promise<RootValue>,
  ): AsyncIterableIterator<RootValue>;
  close(): Promise<void>;
}

const traces = new WeakMap<object, Trace>();

/** The trace of the message behind a root value. */
export function eventTraceOf(rootValue: unknown): Trace | undefined {
  return typeof rootValue === 'object' && rootValue !== null ? traces.get(rootValue) : undefined;
}

export interface PubSubOptions {
  /** Duplicated, because pub/sub needs its own connections. */
  readonly redis: Redis;
  readonly namespace: string;
  readonly tracer?: Tracer | undefined;
}

/** Pub/sub over Redis, with one Redis subscription per channel, however many listeners. */
export function pubSub({ redis, namespace, tracer }: PubSubOptions): PubSub {
  const publisher = redis.duplicate();
  const subscriber = redis.duplicate();
  const engine = new RedisPubSub({ publisher, subscriber });
  return {
    listen: <Message, RootValue>(channel: string, rootValueOf: (message: Message) => RootValue | Promise<RootValue>) =>
      mapAsyncIterator(engine.asyncIterableIterator<Message>(pushChannel(namespace, channel)), (message: Message) =>
        toRootValue(tracer, message, rootValueOf),
      ),
    close: async () => {
      await engine.close();
    },
  };
}

async function toRootValue<Message, RootValue>(
  tracer: Tracer | undefined,
  message: Message,
  rootValueOf: (message: Message) => RootValue | Promise<RootValue>,
): Promise<RootValue> {
  const { traceparent } = (message ?? {}) as { traceparent?: unknown };
  const trace = beginTrace(tracer, 'GraphQL Operation', SpanKind.SERVER, traceparent);
  try {
    const rootValue = await inTrace(trace, async () => rootValueOf(message));
    if (typeof rootValue === 'object' && rootValue !== null) traces.set(rootValue, trace);
    return rootValue;
  } catch (error) {
    if (trace.span) failSpan(trace.span, errorType(error));
    trace.span?.end();
    throw error;
  }
}
