import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** Passes the provider's webhooks on; while it distorts, late, twice and in another order. */
export interface WebhookProxy {
  /** Where the provider sends them. */
  readonly url: string;
  distort(isOn: boolean): void;
  /** Webhooks that were delivered late or again. */
  distorted(): number;
  stop(): void;
}

interface Webhook {
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** Beyond the time for which the provider waits for an answer, so that some are sent again. */
const LATE_MS = 8_000;
const REPEATED_SHARE = 0.5;
const PATH = '/webhooks/payments/sandbox';

/** @param target the origin of the server that receives them */
export async function startWebhookProxy(target: string, random: () => number): Promise<WebhookProxy> {
  let isDistorting = false;
  let distorted = 0;
  const forward = async ({ headers, body }: Webhook): Promise<number> => {
    if (isDistorting) {
      distorted += 1;
      await pause(random() * LATE_MS);
    }
    try {
      return (await fetch(`${target}${PATH}`, { method: 'POST', headers, body })).status;
    } catch {
      return 502;
    }
  };
  const server = createServer(async (request, response) => {
    const webhook = await received(request);
    if (isDistorting && random() < REPEATED_SHARE) void forward(webhook);
    response.writeHead(await forward(webhook)).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${PATH}`,
    distort: (isOn) => void (isDistorting = isOn),
    distorted: () => distorted,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function received(request: IncomingMessage): Promise<Webhook> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const kept = ['content-type', 'marquee-signature'].flatMap((name) => {
    const value = request.headers[name];
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  return { headers: Object.fromEntries(kept), body: Buffer.concat(chunks).toString() };
}
