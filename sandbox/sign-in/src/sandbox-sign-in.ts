import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import type { SandboxClient } from './client.ts';
import { signInPage } from './pages.ts';
import { People } from './people.ts';
import { openProvider } from './provider.ts';

const LOOPBACK = '127.0.0.1';

export interface SandboxSignInOptions {
  readonly client: SandboxClient;
}

/** An OpenID Connect provider for development and tests. */
export interface SandboxSignIn {
  /** @returns the issuer @param port 0 for any */
  listen(port?: number): Promise<string>;
  stop(): Promise<void>;
}

export function buildSandboxSignIn({ client }: SandboxSignInOptions): SandboxSignIn {
  const people = new People();
  let issuer = '';
  let opening: ReturnType<typeof openProvider> | undefined;
  const provider = () => (opening ??= openProvider(issuer, client, people));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url === '/healthz') return void response.end('ok');
    const opened = await provider();
    request.headers.cookie = withoutSession(request.headers.cookie ?? '');
    if (!request.url?.startsWith('/interaction/')) return opened.callback()(request, response);
    const { uid } = await opened.interactionDetails(request, response);
    if (request.method !== 'POST') {
      return void response.setHeader('content-type', 'text/html; charset=utf-8').end(signInPage(uid));
    }
    const form = new URLSearchParams(await text(request));
    const isCancelled = form.get('answer') === 'cancel';
    const result = isCancelled ? { error: 'access_denied' } : { login: { accountId: people.signIn(form).sub } };
    await opened.interactionFinished(request, response, result);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.statusCode = 400;
      response.end(`The sign-in failed: ${error instanceof Error ? error.message : 'for an unknown reason'}\n`);
    });
  });
  return {
    listen: async (port = 0) => {
      await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, LOOPBACK, resolve));
      issuer = `http://${LOOPBACK}:${(server.address() as AddressInfo).port}`;
      return issuer;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => void server.close(() => resolve()));
    },
  };
}

/** Cookies without the library's session: a browser that was here before is asked again who it is. */
function withoutSession(cookies: string): string {
  return cookies
    .split('; ')
    .filter((cookie) => !cookie.startsWith('_session'))
    .join('; ');
}
