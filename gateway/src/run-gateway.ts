import type { Variables } from '@marquee/environment';
import { GATEWAY_SERVICE, httpCalls, serviceKeysIn, serviceSigner } from '@marquee/identity';
import { openRedisForRole } from '@marquee/redis';
import { currentTrace, openLog, processRegistry, startTelemetry, stopOnSignal } from '@marquee/telemetry';
import { createGateway } from './create-gateway.ts';
import { environmentSettings } from './environment.ts';
import { policies } from './policies/index.ts';
import { readRegisteredOperations } from './protection/safelist.ts';
import { forwardSubgraphRoutes } from './server/subgraph-routes.ts';
import { checkCertificate } from './server/tls-server.ts';
import { httpTransport } from './transports/http.ts';
import { registeredClients } from './usage/registered-clients.ts';

/**
 * Runs the gateway as a process of its own, until a signal stops it; the subgraphs are other processes.
 *
 * @throws {EnvironmentError} naming what to set in the environment
 */
export async function runGateway(variables: Variables): Promise<void> {
  const settings = environmentSettings(variables);
  if (settings.tls) checkCertificate(settings.tls);
  const log = openLog({ service: 'gateway', level: settings.logLevel });
  const keys = serviceKeysIn(settings.serviceKeyFile, {
    onError: (err) => log.error({ err }, 'changed keys of services cannot be read'),
  });
  const sign = serviceSigner({ name: GATEWAY_SERVICE, keys });
  const forwardedBy = serviceSigner({ name: GATEWAY_SERVICE, purpose: 'forward', keys });
  const telemetry = await startTelemetry({ settings: settings.telemetry, log });
  const isRequired = settings.gateway.production === true;
  const redis = await openRedisForRole('durable', settings.redisUrl, { log, isRequired });
  const { redisCacheUrl } = settings;
  const cache =
    redisCacheUrl === undefined ? undefined : await openRedisForRole('cache', redisCacheUrl, { log, isRequired });

  const urls = new Map<string, string>();

  const gateway = await createGateway({
    supergraph: { path: settings.supergraph },
    transportFor: (name, url) => {
      const actualUrl = settings.subgraphUrls[name] ?? url;
      urls.set(name, actualUrl);
      return httpTransport(name, { url: actualUrl, client: settings.httpClient, forwardedBy });
    },
    policies: policies(
      httpCalls({
        name: GATEWAY_SERVICE,
        sign,
        urlOf: (name) => urls.get(name),
        traceparent: () => currentTrace()?.traceparent,
      }),
    ),
    tls: settings.tls,
    demoAccounts: settings.demoAccounts,
    sandboxPages: settings.sandboxPages,
    sites: settings.sites,
    ...(settings.streamSecret !== undefined && { streamSecret: settings.streamSecret }),
    identity: { jwks: settings.jwksUrl },
    redis,
    cache,
    routes: (app) => forwardSubgraphRoutes(app, { urlOf: (name) => urls.get(name), forwardedBy }),
    readiness: { redis: async () => void (await redis.ping()) },
    probeSubgraphs: true,
    registeredClients: await registeredClients(settings.registeredOperations),
    registeredOperations: await readRegisteredOperations(settings.registeredOperations),
    settings: settings.gateway,
    log,
    metrics: processRegistry(),
    tracer: telemetry.tracerOf('gateway'),
  });
  stopOnSignal(log, async () => {
    await gateway.stop();
    await redis.quit();
    cache?.disconnect();
    await telemetry.stop();
  });
  const metricsUrl = await gateway.listenForMetrics(settings.metricsPort, settings.metricsHost);
  const address = await gateway.listen(settings.port, settings.host);
  log.info({ address, metricsUrl }, 'the gateway is listening');
}
