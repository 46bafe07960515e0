import { databaseUrl, ensureDatabase, migrate } from '@marquee/database';
import { openLog, stopOnSignal } from '@marquee/telemetry';

import { settingsFrom } from './environment.ts';
import { buildSandboxProvider } from './sandbox-provider.ts';

// The sandbox provider on its own, as the company that it plays would run it.
const settings = settingsFrom(process.env);
const log = openLog({ service: 'sandbox-provider', level: settings.logLevel });
const url = settings.databaseUrl ?? databaseUrl(settings.serverUrl, 'sandbox-provider');
await ensureDatabase(url);
await migrate({ url, folder: new URL('../../../prisma/sandbox-provider/', import.meta.url) });

const { apiKey, webhook, publicUrl, host, port } = settings;
const provider = buildSandboxProvider({ databaseUrl: url, apiKey, webhook, log, ...(publicUrl && { publicUrl }) });
stopOnSignal(log, () => provider.stop());
log.info({ address: await provider.listen({ host, port }) }, 'the sandbox provider serves');
