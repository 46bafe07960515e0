import { ensureDatabase, migrate } from '@marquee/database';
import { orExit, refuseProduction } from '@marquee/environment';
import { openLog, stopOnSignal } from '@marquee/telemetry';

import { settingsFrom } from './environment.ts';
import { buildSandboxProvider } from './sandbox-provider.ts';

// The sandbox provider in its own process.
await orExit(async () => {
  refuseProduction('The sandbox payment provider', process.env);
  const { databaseUrl, apiKey, webhook, publicUrl, host, port, logLevel } = settingsFrom(process.env);
  const log = openLog({ service: 'sandbox-provider', level: logLevel });
  await ensureDatabase(databaseUrl);
  await migrate({ url: databaseUrl, folder: new URL('../../../prisma/sandbox-provider/', import.meta.url) });

  const provider = buildSandboxProvider({ databaseUrl, apiKey, webhook, log, ...(publicUrl && { publicUrl }) });
  stopOnSignal(log, () => provider.stop());
  log.info({ address: await provider.listen({ host, port }) }, 'the sandbox provider serves');
});
