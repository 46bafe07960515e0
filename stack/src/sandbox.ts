import { buildSandboxProvider, type SandboxProvider, type SandboxTimings } from '@marquee/sandbox-provider';
import { buildSandboxMail, type SandboxMailAddresses } from '@marquee/sandbox-mail';
import type { Log } from '@marquee/telemetry';

import type { Teardown } from './teardown.ts';

/** The name of the sandbox payment provider's database and process. */
export const SANDBOX_PROVIDER = 'sandbox-provider';
/** The name of the sandbox mail server's process. */
export const SANDBOX_MAIL = 'sandbox-mail';
/** The subgraph that uses the payment provider, and the one that sends mail. */
const MERCHANT = 'payments';
const SENDER = 'accounts';
const WEBHOOK_PATH = '/webhooks/payments/sandbox';

/** The URL for the sandbox's webhooks. @param origin the server of payments' routes */
export function webhookUrlAt(origin: string): string {
  return `${origin}${WEBHOOK_PATH}`;
}

/** Where subgraphs reach the sandboxes. */
export interface SandboxUrls {
  provider: string;
  /** Of SMTP. */
  mail: string;
}

/** Settings that point a subgraph at the sandbox that replaces its third party. */
export function sandboxSettings(subgraph: string, { provider, mail }: SandboxUrls): Record<string, string> {
  if (subgraph === MERCHANT) return { providerUrl: provider };
  return subgraph === SENDER ? { mailUrl: mail } : {};
}

/** The keys that the sandbox and payments share. */
export function sandboxKeys(secret: (name: string) => string): { apiKey: string; webhookSecret: string } {
  return { apiKey: secret('PAYMENTS_PROVIDER_API_KEY'), webhookSecret: secret('PAYMENTS_PROVIDER_WEBHOOK_SECRET') };
}

export interface SandboxOptions {
  databaseUrl: string;
  secret: (name: string) => string;
  /** Where webhooks go. */
  webhookUrl: string;
  log: Log;
  timings?: Partial<SandboxTimings> | undefined;
}

/** The sandbox payment provider in this process. */
export function openSandboxProvider({
  databaseUrl,
  secret,
  webhookUrl,
  log,
  timings,
}: SandboxOptions): SandboxProvider {
  const { apiKey, webhookSecret } = sandboxKeys(secret);
  const webhook = { url: webhookUrl, secret: webhookSecret };
  return buildSandboxProvider({ databaseUrl, apiKey, webhook, log, ...(timings && { timings }) });
}

/** Starts the sandbox mail server in this process, which is added to `stops`. @param port of its inbox; 0 for any */
export async function startSandboxMail(
  { log, stops }: { log: Log; stops: Teardown },
  port: number,
): Promise<SandboxMailAddresses> {
  const mail = buildSandboxMail({ log });
  stops.add('the mail server', () => mail.stop());
  return mail.listen({ port });
}
