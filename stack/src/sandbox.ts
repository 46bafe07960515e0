import { buildSandboxProvider, type SandboxProvider, type SandboxTimings } from '@marquee/sandbox-provider';
import type { Log } from '@marquee/telemetry';

/** The name of the sandbox payment provider's database and process. */
export const SANDBOX_PROVIDER = 'sandbox-provider';
/** The subgraph that uses it. */
const MERCHANT = 'payments';
const WEBHOOK_PATH = '/webhooks/payments/sandbox';

/** The URL for the sandbox's webhooks. @param origin the server of payments' routes */
export function webhookUrl(origin: string): string {
  return `${origin}${WEBHOOK_PATH}`;
}

/** Settings that point a subgraph at the sandbox that replaces its third party. */
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
  /** The origin of the server of payments' routes. */
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
