import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../../packages/servers/src/free-port.ts';
import { compose } from '../fixture/supergraph.ts';
import { marqueeCommand } from '../gateways/bundle.ts';
import { withCrew } from '../processes/crew.ts';
import { type Keys, newKeys } from '../processes/keys.ts';
import {
  GATEWAY_CORE,
  LOAD_CORE,
  nodeCommand,
  type PinnedProcess,
  untilItListens,
} from '../processes/pinned-process.ts';
import { SUBGRAPHS } from './seat-map.ts';
import type { UpstreamUrls } from './upstream-main.ts';

/** A server under test. */
export interface Deliverer {
  readonly name: string;
  readonly url: string;
  /** Where an event is published that it delivers. */
  readonly publishUrl: string;
  readonly process: PinnedProcess;
}

export interface SubscriptionStage {
  readonly marquee: Deliverer;
  readonly plain: Deliverer;
  readonly upstream: PinnedProcess;
  readonly load: PinnedProcess;
  readonly keys: Keys;
  stop(): Promise<void>;
}

/** Memory is compared after garbage is collected, else it would be that of whatever happened before. */
const COLLECTABLE = ['--expose-gc'];

/** Starts the subgraphs, Redis, the clients' process and both servers. */
export function openSubscriptionStage(): Promise<SubscriptionStage> {
  return withCrew(async (crew) => {
    const upstream = crew.start(nodeCommand('src/subscriptions/upstream-main.ts'), LOAD_CORE);
    const load = crew.start(nodeCommand('src/load/load-main.ts'), LOAD_CORE);
    const [redisUrl, keys] = await Promise.all([crew.startRedis(), newKeys(), upstream.ready(), load.ready()]);
    const urls = await upstream.ask<UpstreamUrls>('urls');
    const supergraph = join(crew.folder, 'supergraph.graphql');
    writeFileSync(supergraph, compose(SUBGRAPHS, { booking: urls.booking, catalog: urls.catalog }));

    const listen = async (name: string, command: (port: number) => string[] | Promise<string[]>) => {
      const port = await freePort();
      const process = crew.start(await command(port), GATEWAY_CORE);
      const origin = `http://127.0.0.1:${port}`;
      await Promise.all([untilItListens(port, process), process.ready()]);
      return { name, url: `${origin}/graphql`, publishUrl: `${origin}/publish`, process };
    };
    const plain = await listen('graphql-ws', (port) =>
      nodeCommand('src/gateways/plain-graphql-ws.ts', [String(port)], COLLECTABLE),
    );
    const { jwks } = keys;
    const marquee = await listen('marquee', (port) =>
      marqueeCommand({ supergraph, port, redisUrl, jwks, singleFlight: true }, COLLECTABLE),
    );
    return {
      plain,
      marquee: { ...marquee, publishUrl: urls.publish },
      upstream,
      load,
      keys,
      stop: () => crew.stop(),
    };
  });
}
