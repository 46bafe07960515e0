import type { IncomingMessage } from 'node:http';
import type { Log } from '@marquee/telemetry';
import type { IsAllowedOrigin } from '../request/origins.ts';
import { CompiledMemory } from './compiled-memory.ts';
import { SubscriptionHub } from './hub.ts';
import { ResponseStreams } from './response-streams.ts';
import { SharedStreams } from './shared-streams.ts';
import { StreamTokens } from './stream-tokens.ts';
import type { StreamingOptions } from './streaming-options.ts';
import { SocketServer } from './socket-server.ts';
import { UPSTREAM_STATES } from './upstream.ts';

export interface StreamingTransportsOptions extends Omit<StreamingOptions, 'hub' | 'compiledMemory' | 'onDrop'> {
  readonly path: string;
  readonly addressOf: (request: IncomingMessage) => string;
  readonly isAllowedOrigin: IsAllowedOrigin;
  readonly onRevoked: (listener: (sessionId: string) => void) => () => void;
  readonly log: Log;
  readonly random: () => number;
  /** Signs reservations of event streams; the same in all gateways. */
  readonly streamKey: Uint8Array;
}

/** The transports that carry subscriptions, and the hub behind them. */
export interface StreamingTransports {
  readonly hub: SubscriptionHub;
  readonly sockets: SocketServer;
  readonly responseStreams: ResponseStreams;
  readonly sharedStreams: SharedStreams;
}

export function createStreamingTransports(options: StreamingTransportsOptions): StreamingTransports {
  const { engine, settings, holdings, metrics, tracer, log, now, random } = options;
  const hub = new SubscriptionHub({
    engine,
    settings,
    events: {
      started: () => metrics.subscriptionsStarted.inc(),
      ended: (reason) => metrics.subscriptionsEnded.inc({ reason }),
      upstreamLost: (subgraph) => metrics.upstreamsLost.inc({ subgraph }),
      dropped: () => metrics.eventsDropped.inc({ queue: 'upstream' }),
      hydrated: (seconds) => metrics.hydration.observe(seconds),
    },
    tracer,
    log,
    now,
    random,
  });
  const onDrop = () => metrics.eventsDropped.inc({ queue: 'client' });
  const live = { ...options, hub, compiledMemory: new CompiledMemory(), onDrop };
  const responseStreams = new ResponseStreams(live);
  const sharedStreams = new SharedStreams(responseStreams, new StreamTokens(options.streamKey, now), live);
  const sockets = new SocketServer(live);
  metrics.observe('held_bytes', 'Memory for open operations and unread messages, as counted', () =>
    holdings.total('bytes'),
  );
  metrics.observe('sockets', 'Open WebSockets', () => sockets.size);
  metrics.observe('response_streams', 'Open event streams and multipart responses', () => responseStreams.size);
  for (const state of UPSTREAM_STATES) {
    metrics.observe('subscriptions', 'Subscriptions by the state of their upstream', () => hub.subscriptionsIn(state), {
      state,
    });
  }
  metrics.observe('subscription_upstreams', 'Upstream subscriptions', () => hub.size.upstreams);
  return { hub, sockets, responseStreams, sharedStreams };
}
