import { buildSandboxProvider, type SandboxProvider, type SandboxTimings } from '@marquee/sandbox-provider';
import { buildSandboxMail, type SandboxMailAddresses } from '@marquee/sandbox-mail';
import { buildSandboxPush } from '@marquee/sandbox-push';
import { buildSandboxSignIn } from '@marquee/sandbox-sign-in';
import type { Log } from '@marquee/telemetry';

import type { Teardown } from './teardown.ts';

/** The name of the sandbox payment provider's database and process. */
export const SANDBOX_PROVIDER = 'sandbox-provider';
/** The name of the sandbox mail server's process. */
export const SANDBOX_MAIL = 'sandbox-mail';
/** The name of the sandbox push service's process. */
export const SANDBOX_PUSH = 'sandbox-push';
/** The subgraph that uses the payment provider, those that send mail, and those that push and sign people in. */
const MERCHANT = 'payments';
const SENDERS: readonly string[] = ['accounts', 'notifications'];
const PUSHER = 'notifications';
const SIGNER = 'accounts';
/** The name of the sandbox sign-in provider's process. */
export const SANDBOX_SIGN_IN = 'sandbox-sign-in';
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
  /** Whether a push service of this machine may be pushed to. */
  push: boolean;
  /** The sign-in provider, if it runs. */
  signIn?: SandboxSignInProvider | undefined;
}

/** A sign-in provider as the settings of accounts have it. */
export interface SandboxSignInProvider {
  readonly id: string;
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Settings that point a subgraph at the sandbox that replaces its third party. */
export function sandboxSettings(
  subgraph: string,
  { provider, mail, push, signIn }: SandboxUrls,
): Record<string, string> {
  if (subgraph === MERCHANT) return { providerUrl: provider };
  return {
    ...(SENDERS.includes(subgraph) && { mailUrl: mail }),
    ...(subgraph === SIGNER && signIn && { signInProviders: JSON.stringify([signIn]) }),
    ...(subgraph === PUSHER && push && { pushLoopback: 'on' }),
  };
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

/** Starts the sandbox push service in this process, which is added to `stops`. @returns its address */
export async function startSandboxPush({ log, stops }: { log: Log; stops: Teardown }, port: number): Promise<string> {
  const push = buildSandboxPush({ log });
  stops.add('the push service', () => push.stop());
  return push.listen({ port });
}

export interface SandboxSignInOptions {
  /** Of the gateway. */
  readonly origin: string;
  readonly secret: (name: string) => string;
}

/** The address and secrets that the sandbox sign-in provider and accounts share. */
export function sandboxSignIn({ origin, secret }: SandboxSignInOptions) {
  const id = 'sandbox';
  const startUrl = `${origin}/pages/accounts/sign-in/${id}`;
  const client = { id: 'marquee', secret: secret('SANDBOX_SIGN_IN_SECRET'), redirectUris: [`${startUrl}/callback`] };
  const providerAt = (issuer: string): SandboxSignInProvider => {
    return { id, name: 'Sandbox', issuer, clientId: client.id, clientSecret: client.secret };
  };
  return { startUrl, client, providerAt };
}

/** Starts the sandbox sign-in provider in this process, which is added to `stops`. @param port any without it */
export async function startSandboxSignIn({
  stops,
  port = 0,
  ...options
}: SandboxSignInOptions & { stops: Teardown; port?: number }): Promise<{
  startUrl: string;
  provider: SandboxSignInProvider;
}> {
  const { startUrl, client, providerAt } = sandboxSignIn(options);
  const signIn = buildSandboxSignIn({ client });
  stops.add('the sign-in provider', () => signIn.stop());
  return { startUrl, provider: providerAt(await signIn.listen(port)) };
}
