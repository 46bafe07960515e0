import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { testDatabase } from '@marquee/testkit';

import { buildSandboxProvider, type SandboxProvider, type SandboxTimings } from '../src/index.ts';

export const API_KEY = 'sk_test_1';
export const WEBHOOK_SECRET = 'whsec_test_1';

export interface ReceivedWebhook {
  readonly body: string;
  readonly signature: string;
  readonly event: { readonly id: string; readonly type: string; readonly data: Record<string, { id: string }> };
}

/** A webhook receiver that answers with `status`. */
export interface WebhookReceiver {
  readonly url: string;
  readonly received: ReceivedWebhook[];
  status: number;
  close(): Promise<void>;
}

export async function startReceiver(): Promise<WebhookReceiver> {
  const received: ReceivedWebhook[] = [];
  const server: Server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const signature = String(request.headers['marquee-signature']);
    received.push({ body, signature, event: JSON.parse(body) as ReceivedWebhook['event'] });
    response.writeHead(receiver.status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`,
    received,
    status: 200,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return receiver;
}

export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown> & { readonly id: string; readonly status: string };
}

/** A provider under test, and a merchant's client for it. */
export interface ProviderUnderTest {
  readonly provider: SandboxProvider;
  call(method: 'GET' | 'POST', path: string, options?: CallOptions): Promise<Answer>;
  charge(source: string, options?: CallOptions & { metadata?: Record<string, string> }): Promise<Answer>;
}

interface CallOptions {
  readonly body?: object;
  readonly key?: string;
  readonly apiKey?: string;
  readonly timeoutMs?: number;
}

/** @param databaseUrl the database of an earlier provider, to simulate a restart */
export async function startProvider(options: {
  webhookUrl: string;
  databaseUrl?: string;
  now?: () => Date;
  timings?: Partial<SandboxTimings>;
}): Promise<ProviderUnderTest & { databaseUrl: string; failures: readonly object[] }> {
  const databaseUrl = options.databaseUrl ?? (await testDatabase('sandbox-provider')).url;
  const failures: object[] = [];
  const provider = buildSandboxProvider({
    databaseUrl,
    apiKey: API_KEY,
    webhook: { url: options.webhookUrl, secret: WEBHOOK_SECRET },
    log: { error: (fields, message) => void failures.push({ message, ...fields }) },
    ...(options.now && { now: options.now }),
    timings: { pollMs: 20, webhookRetryMs: 20, withholdMs: 2_000, lateByMs: 0, ...options.timings },
  });
  await provider.listen();
  return { provider, databaseUrl, failures, ...callsTo(provider) };
}

function callsTo(provider: SandboxProvider): Omit<ProviderUnderTest, 'provider'> {
  const call: ProviderUnderTest['call'] = async (
    method,
    path,
    { body, key, apiKey = API_KEY, timeoutMs = 10_000 } = {},
  ) => {
    const response = await fetch(`${provider.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${apiKey}`,
        ...(body && { 'content-type': 'application/json' }),
        ...(key !== undefined && { 'idempotency-key': key }),
      },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { status: response.status, body: (await response.json()) as Answer['body'] };
  };
  return {
    call,
    charge: (source, { metadata = {}, key = crypto.randomUUID(), ...rest } = {}) =>
      call('POST', '/v1/charges', {
        body: { amount: 1_250, currency: 'EUR', source, reference: 'pay_1', metadata },
        key,
        ...rest,
      }),
  };
}
