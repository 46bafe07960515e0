import { buildSandboxProvider, type SandboxProvider, type SandboxTimings } from '@marquee/sandbox-provider';
import type { Log } from '@marquee/telemetry';

/** The sandbox payment provider: its database and process have this name. */
export const SANDBOX_PROVIDER = 'sandbox-provider';
/** The subgraph that it serves. */
const MERCHANT = 'payments';
const WEBHOOK_PATH = '/webhooks/payments/sandbox';

/** Where the sandbox sends its webhooks. @param origin of what serves the routes of payments */
export function webhookUrl(origin: string): string {
  return `${origin}${WEBHOOK_PATH}`;
}

/** What a subgraph is told of the sandbox that stands in for a third party of its. */
export function sandboxSettings(subgraph: string, { url }: { url: string }): Record<string, string> {
  return subgraph === MERCHANT ? { providerUrl: url } : {};
}

/** The keys that the sandbox and payments share. */
export function sandboxKeys(secret: (name: string) => string): { apiKey: string; webhookSecret: string } {
  return { apiKey: secret('PAYMENTS_PROVIDER_API_KEY'), webhookSecret: secret('PAYMENTS_PROVIDER_WEBHOOK_SECRET') };
}

export interface SandboxOptions {
  databaseUrl: string;
  secret: (name: string) => string;
  /** Of what serves the routes of payments. */
  origin: string;
  log: Log;
  timings?: Partial<SandboxTimings> | undefined;
}

/** The sandbox payment provider in this process. */
export function openSandboxProvider({ databaseUrl, secret, origin, log, timings }: SandboxOptions): SandboxProvider {
  const { apiKey, webhookSecret } = sandboxKeys(secret);
  const webhook = { url: webhookUrl(origin), secret: webhookSecret };
  return buildSandboxProvider({ databaseUrl, apiKey, webhook, log, ...(timings && { timings }) });
}
