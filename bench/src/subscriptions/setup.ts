import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../../packages/servers/src/free-port.ts';
import { compose } from '../fixture/supergraph.ts';
import { marqueeCommand } from '../gateways/bundle.ts';
import { withProcesses } from '../processes/process-group.ts';
import { type Keys, newKeys } from '../processes/keys.ts';
import {
  GATEWAY_CORE,
  LOAD_CORE,
  nodeCommand,
  type PinnedProcess,
  waitUntilListening,
} from '../processes/pinned-process.ts';
import { SUBGRAPHS } from './seat-map.ts';
import type { UpstreamUrls } from './upstream-main.ts';

/** A server under test. */
export interface Deliverer {
  readonly name: string;
  readonly url: string;
  /** The URL to publish an event. */
  readonly publishUrl: string;
  readonly process: PinnedProcess;
}

export interface SubscriptionSetup {
  readonly marquee: Deliverer;
  readonly plain: Deliverer;
  readonly upstream: PinnedProcess;
  readonly load: PinnedProcess;
  readonly keys: Keys;
  stop(): Promise<void>;
}

/** Exposes garbage collection, so that memory figures exclude garbage. */
const COLLECTABLE = ['--expose-gc'];

/** Starts subgraphs, Redis, the clients' process and both servers. */
export function openSubscriptionSetup(): Promise<SubscriptionSetup> {
  return withProcesses(async (processes) => {
    const upstream = processes.start(nodeCommand('src/subscriptions/upstream-main.ts'), LOAD_CORE);
    const load = processes.start(nodeCommand('src/load/load-main.ts'), LOAD_CORE);
    const [redisUrl, keys] = await Promise.all([processes.startRedis(), newKeys(), upstream.ready(), load.ready()]);
    const urls = await upstream.ask<UpstreamUrls>('urls');
    const supergraph = join(processes.folder, 'supergraph.graphql');
    writeFileSync(supergraph, compose(SUBGRAPHS, { booking: urls.booking, catalog: urls.catalog }));

    const listen = async (name: string, command: (port: number) => string[] | Promise<string[]>) => {
      const port = await freePort();
      const process = processes.start(await command(port), GATEWAY_CORE);
      const origin = `http://127.0.0.1:${port}`;
      await Promise.all([waitUntilListening(port, process), process.ready()]);
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
      stop: () => processes.stop(),
    };
  });
}
