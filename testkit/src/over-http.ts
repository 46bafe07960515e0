import {
  openSandboxProvider,
  openSubgraphs,
  type RunningSupergraph,
  SANDBOX_MAIL,
  SANDBOX_PROVIDER,
  SANDBOX_PUSH,
  signerOf,
  startSandboxMail,
  startSandboxPush,
  startSandboxSignIn,
  type SupergraphOptions,
  webhookUrlAt,
} from '@marquee/stack';
import { freePort } from '@marquee/servers';
import { createGateway, forwardSubgraphRoutes, httpTransport, policies } from '@marquee/gateway';
import { GATEWAY_SERVICE, httpCalls, type SignServiceCall } from '@marquee/identity';
import { openRedis } from '@marquee/redis';
import type { Subgraph } from '@marquee/subgraph';
import { type ServedSubgraph, serveSubgraph } from '@marquee/subgraph/server';
import { Registry } from 'prom-client';
import { fileURLToPath } from 'node:url';
import { testServiceKeys } from './service-keys.ts';

/** A subgraph that serves HTTP on its own port. */
export interface SubgraphOnPort {
  readonly url: string;
  /** Stops serving: the subgraph is unreachable until it is served again. */
  stop(): Promise<void>;
  serve(): Promise<void>;
}

export interface SupergraphOverHttp extends RunningSupergraph {
  readonly subgraphs: ReadonlyMap<string, SubgraphOnPort>;
  /** Starts another gateway on the same subgraphs and Redis. @returns its endpoint */
  addGateway(): Promise<string>;
}

const SUPERGRAPH = fileURLToPath(new URL('../../schema/supergraph.graphql', import.meta.url));

/**
 * Starts the distributed topology within one process: each subgraph on its own port, and gateways that reach them by HTTP
 * and WebSocket. Everything started is added to `stops`.
 */
export async function startOverHttp(options: SupergraphOptions): Promise<SupergraphOverHttp> {
  const { definitions, secret, stops, logFor } = options;
  const { namespace } = options.redis;
  const redis = openRedis(options.redis.url, {
    onError: (err) => logFor('redis').warn({ err }, 'the connection to Redis failed'),
  });
  stops.add('the connection to Redis', async () => void (await redis.quit()));
  const names = definitions.map(({ name }) => name);
  const ports = new Map(await Promise.all(names.map(async (name) => [name, await freePort()] as const)));
  const originOf = (name: string): string => `http://127.0.0.1:${ports.get(name)}`;
  const services = testServiceKeys();
  const callsAs = (name: string, sign: SignServiceCall) =>
    httpCalls({ name, sign, urlOf: (asked) => `${originOf(asked)}/graphql` });
  const callsOf = (name: string) => callsAs(name, services.signerOf(name));
  const sign = services.signerOf(GATEWAY_SERVICE);
  const forwardedBy = services.signerOf(GATEWAY_SERVICE, 'forward');

  const provider = openSandboxProvider({
    databaseUrl: options.databaseUrls[SANDBOX_PROVIDER] ?? '',
    secret,
    webhookUrl: webhookUrlAt(originOf('payments')),
    log: logFor(SANDBOX_PROVIDER),
    timings: options.provider,
  });
  stops.add('the payment provider', () => provider.stop());
  const providerUrl = await provider.listen();
  const mail = await startSandboxMail({ log: logFor(SANDBOX_MAIL), stops }, 0);
  const pushUrl = await startSandboxPush({ log: logFor(SANDBOX_PUSH), stops }, 0);
  const origin = `http://127.0.0.1:${options.port}`;
  const signIn = await startSandboxSignIn({ origin, secret, stops });
  const sandboxes = { provider: providerUrl, mail: mail.smtpUrl, push: true, signIn: signIn.provider };

  const subgraphs = openSubgraphs(definitions, options, {
    ...{ redis, sandboxes, metrics: new Registry(), callsOf },
    publicUrls: { origin, sites: [] },
  });
  await Promise.all(subgraphs.map((subgraph) => subgraph.start()));
  const keys = new URL('/.well-known/jwks.json', originOf(signerOf(definitions)));
  const serve = (subgraph: Subgraph): Promise<ServedSubgraph> =>
    serveSubgraph(subgraph, {
      ...{
        port: ports.get(subgraph.name) ?? 0,
        redis,
        namespace,
        serviceKeys: services.keys,
        log: logFor(subgraph.name),
      },
      metrics: new Registry(),
      tokens: { jwks: keys },
    });
  const onPorts = await Promise.all(subgraphs.map((subgraph) => onPort(() => serve(subgraph))));
  stops.add('the ports', async () => void (await Promise.all(onPorts.map((subgraph) => subgraph.stop()))));

  const gatewayOn = async (port: number) => {
    const gateway = await createGateway({
      supergraph: { path: SUPERGRAPH },
      transportFor: (name) => httpTransport(name, { url: `${originOf(name)}/graphql`, forwardedBy }),
      policies: policies(callsAs(GATEWAY_SERVICE, sign)),
      ...{ identity: { jwks: keys }, redis, namespace, probeSubgraphs: true, log: logFor('gateway') },
      routes: (app) => forwardSubgraphRoutes(app, { urlOf: (name) => `${originOf(name)}/graphql`, forwardedBy }),
      tracer: options.telemetry?.tracerOf('gateway'),
      ...(options.gateway && { settings: options.gateway }),
      ...(options.planning && { planning: options.planning }),
    });
    stops.add('a gateway', () => gateway.stop());
    return { endpoint: `${await gateway.listen(port)}/graphql`, metricsUrl: await gateway.listenForMetrics(0) };
  };
  return {
    ...(await gatewayOn(options.port)),
    providerUrl,
    mailUrl: mail.url,
    pushUrl,
    signInUrl: signIn.startUrl,
    databaseUrls: options.databaseUrls,
    subgraphs: new Map(subgraphs.map(({ name }, index) => [name, onPorts[index] as SubgraphOnPort])),
    addGateway: async () => (await gatewayOn(0)).endpoint,
  };
}

async function onPort(serve: () => Promise<ServedSubgraph>): Promise<SubgraphOnPort> {
  let served = await serve();
  return {
    url: served.url,
    stop: () => served.stop(),
    serve: async () => {
      served = await serve();
    },
  };
}
