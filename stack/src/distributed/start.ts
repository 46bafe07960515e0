import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureServiceKeys, GATEWAY_SERVICE } from '@marquee/identity';
import { allOrFirstError } from '../all-or-first-error.ts';
import { databaseNames } from '../databases.ts';
import { settingsOf } from '../open-subgraphs.ts';
import { connectableHost, nearMetricsPort } from '../port.ts';
import { pagesOf, publicUrls } from '../public-url.ts';
import { SANDBOX_MAIL, SANDBOX_PROVIDER, SANDBOX_PUSH, sandboxSignIn } from '../sandbox.ts';
import { prepareDatabases, startServers } from '../servers.ts';
import { freePort, type Reaper, type ServerSpec } from '@marquee/servers';
import type { StackSettings } from '../settings.ts';
import type { StackDeps } from '../stack.ts';
import { builtSites } from '../sites.ts';
import { secretFrom } from '../state-folder.ts';
import type { RunningSupergraph } from '../supergraph.ts';
import { portNames, type ServiceSpec, servicesOf } from './services.ts';
import { supervise, type SupervisedService } from './supervise.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
/** Before a service is ready, it handles the events of thousands of seeded shows. */
const READY_MS = 180_000;
const POLL_MS = 100;

/**
 * Starts each service as a separate process, in the order of their dependencies. Everything started is added to `stops`,
 * also when this throws.
 *
 * @throws the reason of `requests.signal` when a stop is requested meanwhile
 */
export async function startDistributed(deps: StackDeps): Promise<RunningSupergraph> {
  const { settings, state, stops, progress, requests, environment } = deps;
  const { step } = progress;
  const servers = await step('Postgres and Redis', () =>
    startServers({ settings, state, stops, onLoss: requests.fail }),
  );
  const databaseUrls = await step('Databases', () => prepareDatabases(databaseNames(), servers.postgresUrl, settings));
  const { loadSubgraphs } = await import('../subgraphs.ts');
  const definitions = await loadSubgraphs();
  const notes = await step('Seed', async () => (await import('../seed.ts')).seed(definitions, databaseUrls));

  const ports = await choosePorts(settings.host, settings.port);
  const metricsPorts = await chooseMetricsPorts(
    ['gateway', ...definitions.map(({ name }) => name)],
    ports['gateway'] ?? 0,
    settings,
  );
  const { host, rateLimits, logLevel } = settings;
  const sites = builtSites();
  const urls = publicUrls({ host, port: ports['gateway'], sites });
  const { redisUrl, redisCacheUrl, reaper } = servers;
  const secret = secretFrom(environment, state);
  ensureServiceKeys(state.serviceKeysFolder, [GATEWAY_SERVICE, ...definitions.map(({ name }) => name)]);
  const groups = servicesOf({
    definitions,
    databaseUrls,
    redisUrl,
    redisCacheUrl,
    secret,
    folderOf: state.folderOf,
    serviceKeys: state.serviceKeysFolder,
    settings: settingsOf(definitions, environment),
    host,
    sites,
    ports,
    metricsPorts,
    rateLimits,
    production: settings.production,
    webhookUrl: settings.webhookUrl,
    logLevel,
  });
  mkdirSync(state.servicesFolder, { recursive: true, mode: 0o700 });
  for (const group of groups) {
    const names = group.map(({ name }) => name).join(', ');
    const started: SupervisedService[] = [];
    stops.add(names, async () => void (await allOrFirstError(started.map((service) => service.stop()))));
    const start = async (spec: ServiceSpec): Promise<void> => {
      const server = serverSpec(spec, { folder: state.servicesFolder, environment, reaper });
      started.push(await supervise(server, { say: progress.say, onLoss: requests.fail }));
    };
    await step(names, () => allOrFirstError(group.map(start)));
  }
  return {
    endpoint: `http://${connectableHost(host)}:${ports.gateway}/graphql`,
    pages: pagesOf(urls),
    providerUrl: `http://127.0.0.1:${ports[SANDBOX_PROVIDER]}`,
    mailUrl: `http://127.0.0.1:${ports[SANDBOX_MAIL]}`,
    pushUrl: `http://127.0.0.1:${ports[SANDBOX_PUSH]}`,
    ...(settings.production ? {} : { signInUrl: sandboxSignIn({ origin: urls.origin, secret }).startUrl }),
    metricsUrl: `http://${connectableHost(settings.metricsHost)}:${metricsPorts['gateway']}/metrics`,
    databaseUrls,
    notes,
    services: groups.flat().map(({ name, port, metricsPort }) => ({ name, port, metricsPort })),
    logs: state.servicesFolder,
  };
}

/** Chooses the gateway's port as set, and free ports near it for the others. */
async function choosePorts(host: string, wanted: number): Promise<Record<string, number>> {
  const gateway = wanted || (await freePort(host));
  const ports: Record<string, number> = { gateway };
  for (const [index, name] of portNames().entries()) {
    const near = gateway + 101 + index;
    ports[name] = await freePort('127.0.0.1', near <= 65_535 ? near : undefined);
  }
  return ports;
}

/** Chooses the gateway's port of metrics as set, and free ports near it for the others. */
async function chooseMetricsPorts(
  services: readonly string[],
  gatewayPort: number,
  { metricsHost, metricsPort }: StackSettings,
): Promise<Record<string, number>> {
  const ports: Record<string, number> = {};
  for (const [index, name] of services.entries()) {
    const given = name === 'gateway' ? metricsPort : undefined;
    ports[name] = given ?? (await freePort(metricsHost, nearMetricsPort(gatewayPort, index)));
  }
  return ports;
}

interface ServiceEnvironment {
  folder: string;
  environment: NodeJS.ProcessEnv;
  reaper: Reaper;
}

function serverSpec(spec: ServiceSpec, { folder, environment, reaper }: ServiceEnvironment): ServerSpec {
  const { name, port } = spec;
  return {
    name,
    port,
    command: () => ({
      program: process.execPath,
      args: ['--enable-source-maps', ...(spec.nodeOptions ?? []), spec.file, ...(spec.args ?? [])],
      env: { ...environment, ...spec.variables },
    }),
    url: () => `http://${connectableHost(spec.host)}:${port}${spec.readyPath}`,
    ping: ready,
    readyMs: READY_MS,
    account: undefined,
    cwd: ROOT,
    logFile: join(folder, `${name}.log`),
    recordFile: join(folder, `${name}.json`),
    reaper,
  };
}

async function ready(url: string): Promise<void> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    const text = await response.text();
    if (!response.ok) throw new Error(`${response.status} ${text}`);
  } catch (error) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    throw error;
  }
}
