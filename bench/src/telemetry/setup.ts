import type { AddressInfo } from 'node:net';
import { createGateway, type Gateway } from '../../../gateway/src/index.ts';
import { openLog, processRegistry, startTelemetry } from '../../../packages/telemetry/src/index.ts';
import { answerQueries } from '../fixture/answer-query.ts';
import { bareHttpServer } from '../fixture/bare-http-server.ts';
import { ROOTS } from '../fixture/roots.ts';
import { schemasOf, SUBGRAPH_NAMES, type SubgraphName } from '../fixture/schemas.ts';
import { compose } from '../fixture/supergraph.ts';

/** A configuration of the gateway's telemetry. */
export interface Mode {
  readonly name: string;
  readonly accessLog: boolean;
  /** The share of traces that is sampled; undefined when traces are off. */
  readonly sampleRatio?: number;
}

export const MODES: readonly Mode[] = [
  { name: 'off', accessLog: false },
  { name: 'access log', accessLog: true },
  { name: 'access log, 1 % of traces', accessLog: true, sampleRatio: 0.01 },
  { name: 'access log, all traces', accessLog: true, sampleRatio: 1 },
];

export interface Subject {
  readonly mode: Mode;
  readonly port: number;
  stop(): Promise<void>;
}

/** Starts the gateway on cheap in-process subgraphs, with a collector that accepts everything at once. */
export async function startSubject(mode: Mode): Promise<Subject> {
  const collector = bareHttpServer(() => '{}');
  const lines = { count: 0 };
  const log = openLog({ service: 'gateway', destination: { write: (line) => void (lines.count += line.length) } });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  const { port: collectorPort } = collector.address() as AddressInfo;
  const telemetry = await startTelemetry({
    settings: {
      traces: mode.sampleRatio !== undefined,
      sampleRatio: mode.sampleRatio ?? 0,
      url: `http://127.0.0.1:${collectorPort}/v1/traces`,
    },
    log,
  });
  const gateway: Gateway = await createGateway({
    supergraph: { sdl: compose(schemasOf(false), {}) },
    transportFor: (name) => inProcess(name as SubgraphName),
    identity: { jwks: () => ({ keys: [] }) },
    settings: {
      rateLimits: false,
      cost: { max: 1_000_000 },
      guards: { singleFlight: false },
      accessLog: mode.accessLog ? 'info' : 'off',
    },
    metrics: processRegistry(),
    tracer: telemetry.tracerOf('gateway'),
    log,
  });
  const { port } = new URL(await gateway.listen(0));
  return {
    mode,
    port: Number(port),
    stop: async () => {
      await gateway.stop();
      await telemetry.stop();
      collector.close();
    },
  };
}

function inProcess(name: SubgraphName) {
  if (!SUBGRAPH_NAMES.includes(name)) throw new Error(`There is no subgraph ${name}`);
  const answer = answerQueries(ROOTS[name]);
  return {
    execute: async ({ body }: { body: string }) => JSON.parse(answer(body)) as { data: Record<string, unknown> },
    subscribe: () => Promise.reject(new Error('These subgraphs have no subscriptions')),
  };
}
