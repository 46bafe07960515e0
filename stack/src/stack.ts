import { databaseNames } from './databases.ts';
import { nearMetricsPort } from './port.ts';
import type { Progress } from './progress.ts';
import { prepareDatabases, startServers } from './servers.ts';
import { freePort } from '@marquee/servers';
import type { StackSettings } from './settings.ts';
import { builtSites } from './sites.ts';
import { secretFrom, type StateFolder } from './state-folder.ts';
import type { StopRequests } from './stop-requests.ts';
import type { RunningSupergraph } from './supergraph.ts';
import type { Teardown } from './teardown.ts';

export interface StackDeps {
  settings: StackSettings;
  state: StateFolder;
  stops: Teardown;
  progress: Progress;
  requests: StopRequests;
  /** The environment variables, which hold the gateway's settings too. */
  environment: NodeJS.ProcessEnv;
}

const NAMESPACE = 'marquee';

/**
 * Starts everything in this process, in the order of dependencies. Everything started is added to `stops`, also when this
 * throws.
 *
 * @throws the reason of `requests.signal` when a stop is requested meanwhile
 */
export async function startStack({
  settings,
  state,
  stops,
  progress,
  requests,
  environment,
}: StackDeps): Promise<RunningSupergraph> {
  const { step } = progress;
  // Loads while the servers start; a failure is reported by the step "Code".
  const code = import('./composition.ts');
  code.catch(() => undefined);
  const servers = await step('Postgres and Redis', () =>
    startServers({ settings, state, stops, onLoss: requests.fail }),
  );
  const {
    gatewaySettings,
    openStackLog,
    seed,
    settingsOf,
    startSupergraph,
    startTelemetry,
    telemetrySettings,
    definitions,
  } = await step('Code', async () => {
    const composition = await code;
    return { ...composition, definitions: await composition.loadSubgraphs() };
  });
  const gateway = gatewaySettings(environment);
  const traced = telemetrySettings(environment);
  const databaseUrls = await step('Databases', () => prepareDatabases(databaseNames(), servers.postgresUrl, settings));
  const notes = await step('Seed', () => seed(definitions, databaseUrls));
  const { host, rateLimits, metricsHost, webhookUrl, supergraphFile } = settings;
  const port = settings.port || (await freePort(host));
  const providerPort = await freePort('127.0.0.1', port + 1);
  const mailPort = await freePort('127.0.0.1', port + 2);
  const pushPort = await freePort('127.0.0.1', port + 3);
  const signInPort = await freePort('127.0.0.1', port + 4);
  const metricsPort = settings.metricsPort ?? (await freePort(metricsHost, nearMetricsPort(port)));
  const logFor = openStackLog({ file: state.logFile, level: settings.logLevel, onError: progress.say });
  const telemetry = await startTelemetry({ settings: traced, log: logFor('telemetry') });
  stops.add('the export of traces', () => telemetry.stop());
  const running = await step('Subgraphs and gateway', () =>
    startSupergraph({
      definitions,
      settings: settingsOf(definitions, environment),
      databaseUrls,
      redis: { url: servers.redisUrl, cacheUrl: servers.redisCacheUrl, namespace: NAMESPACE },
      secret: secretFrom(environment, state),
      folderOf: state.folderOf,
      host,
      port,
      providerPort,
      mailPort,
      pushPort,
      signInPort,
      webhookUrl,
      supergraphFile,
      metricsHost,
      metricsPort,
      rateLimits,
      sites: builtSites(),
      gateway,
      logFor,
      telemetry,
      stops,
    }),
  );
  return { ...running, notes };
}
