import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isDeepStrictEqual } from 'node:util';

export const STRIPE_KEY = 'sk_test_payments_of_32_characters';

/** The version that the exchanges are of: they are gone through again when the library moves to another. */
const API_VERSION = '2026-10-28.endive';

interface Exchange {
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly form: Readonly<Record<string, string>>;
    readonly idempotencyKey?: string;
  };
  readonly response: { readonly status: number; readonly body: object };
}

const FOLDER = new URL('stripe-exchanges/', import.meta.url);

function exchanges(): Exchange[] {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
  return files.flatMap((name) => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as Exchange[]);
}

/** Serves the exchanges to who asks exactly as they say, with the test key. */
export async function startStripe() {
  const known = exchanges();
  /** Requests that no exchange has. */
  const unexpected: object[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const { pathname: path, searchParams } = new URL(request.url ?? '', 'http://stripe');
    const form = Object.fromEntries(request.method === 'POST' ? new URLSearchParams(body) : searchParams);
    const { authorization, 'idempotency-key': key, 'stripe-version': version } = request.headers;
    const alike = known.filter(({ request: { idempotencyKey: _, ...expected } }) =>
      isDeepStrictEqual(expected, { method: request.method, path, form }),
    );
    const keyed = (by?: string) => alike.find(({ request: { idempotencyKey } }) => idempotencyKey === by);
    const found = (typeof key === 'string' && keyed(key)) || keyed();
    const isOurs = authorization === `Bearer ${STRIPE_KEY}` && version === API_VERSION;
    if (!found || !isOurs) unexpected.push({ method: request.method, path, form, key, version });
    const { status, body: answer } = (isOurs && found?.response) || {
      status: 500,
      body: { error: { type: 'api_error' } },
    };
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    unexpected,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
