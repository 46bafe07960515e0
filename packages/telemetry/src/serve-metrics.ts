import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { CheckReadiness } from './health.ts';
import type { Registry } from './metrics.ts';

export interface MetricsOptions {
  readonly registry: Registry;
  readonly checkReadiness: CheckReadiness;
  /** 0 for any. */
  readonly port: number;
  readonly host: string;
}

/** The server of metrics. */
export interface MetricsServer {
  /** The URL of the metrics. */
  readonly url: string;
  stop(): void;
}

/** A request that is not complete by then is cut off. */
const REQUEST_TIMEOUT_MS = 5_000;

/**
 * Serves operators on a port of their own: `/metrics` in Prometheus's format, and `/readyz` with the state of each
 * dependency. Neither is for strangers.
 *
 * @throws when the port is in use
 */
export async function serveMetrics({ registry, checkReadiness, port, host }: MetricsOptions): Promise<MetricsServer> {
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, (request, response) => {
    const answer = routes[`${request.method} ${request.url}`];
    if (!answer) return void response.writeHead(404).end();
    answer(response).catch(() => response.writeHead(500).end());
  });
  const routes: Readonly<Record<string, (response: ServerResponse) => Promise<unknown>>> = {
    'GET /metrics': async (response) => {
      const text = await registry.metrics();
      response.writeHead(200, { 'content-type': registry.contentType }).end(text);
    },
    'GET /readyz': async (response) => {
      const report = await checkReadiness();
      const status = report.status === 'ready' ? 200 : 503;
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(report));
    },
  };
  server.listen(port, host);
  await once(server, 'listening');
  const { port: actual } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${actual}/metrics`,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
