import { whenDone } from '@marquee/testkit';
import { testPlanning } from '@marquee/testkit/planning';
import { createClient, type Client } from 'graphql-ws';
import { exportJWK, generateKeyPair, type JSONWebKeySet, SignJWT } from 'jose';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { createGateway } from '../../src/create-gateway.ts';
import type { Gateway, GatewayOptions } from '../../src/gateway-options.ts';
import type { Planning } from '../../src/planning/api.ts';
import { inProcessTransport } from '../../src/transports/in-process.ts';
import { type Theatre, theatre } from './theatre.ts';

export interface TokenClaims {
  readonly userId?: string;
  readonly sessionId?: string;
  readonly scope?: string;
  /** Seconds from now. */
  readonly expiresIn?: number;
  readonly issuer?: string;
}

export interface Keys {
  readonly jwks: JSONWebKeySet;
  /** An Authorization header. */
  sign(claims?: TokenClaims): Promise<string>;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: { data?: unknown; errors?: { message: string; extensions: Record<string, unknown> }[] };
}

export interface GatewayUnderTest {
  readonly gateway: Gateway;
  readonly theatre: Theatre;
  readonly keys: Keys;
  readonly url: string;
  readonly socketUrl: string;
  /** Sends one operation by POST. */
  ask(query: string, init?: { variables?: object; headers?: Record<string, string> }): Promise<Reply>;
  /** A graphql-ws client that is closed with the test. */
  client(connectionParams?: Record<string, unknown>): Client;
}

export async function newKeys(kid = 'k1'): Promise<Keys> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
  const jwk = { ...(await exportJWK(publicKey)), kid, alg: 'EdDSA', use: 'sig' };
  return {
    jwks: { keys: [jwk] },
    sign: async ({ userId = 'ann', sessionId = 'ses1', scope = '', expiresIn = 600, issuer = 'marquee' } = {}) => {
      const now = Date.now() / 1000;
      const token = await new SignJWT({ sid: sessionId, roles: ['CUSTOMER'], scope })
        .setProtectedHeader({ alg: 'EdDSA', kid })
        .setSubject(userId)
        .setIssuer(issuer)
        .setAudience('marquee-api')
        .setIssuedAt(Math.floor(now))
        .setExpirationTime(Math.floor(now + expiresIn))
        .sign(privateKey);
      return `Bearer ${token}`;
    },
  };
}

type Options = Partial<Omit<GatewayOptions, 'planning'>> & { readonly planning?: Planning | 'its own' };

/** A gateway on a free port over the theatre's subgraphs, stopped when the test ends, or the file when opened outside one. */
export async function startGateway(
  { planning = testPlanning, ...options }: Options = {},
  backend: Theatre = theatre(),
): Promise<GatewayUnderTest> {
  const keys = await newKeys();
  const gateway = await createGateway({
    supergraph: { sdl: backend.sdl },
    transportFor: (name) => inProcessTransport(backend.subgraphs[name] as never),
    identity: { jwks: () => keys.jwks },
    ...(planning !== 'its own' && { planning }),
    ...options,
  });
  const origin = await gateway.listen(0);
  whenDone(() => gateway.stop());
  const url = `${origin}/graphql`;
  const socketUrl = url.replace('http', 'ws');
  return {
    gateway,
    theatre: backend,
    keys,
    url,
    socketUrl,
    ask: (query, { variables, headers = {} } = {}) =>
      send(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query, variables }),
      }),
    client: (connectionParams) => {
      const client = createClient({
        url: socketUrl,
        webSocketImpl: WebSocket,
        retryAttempts: 0,
        ...(connectionParams ? { connectionParams } : {}),
      });
      onTestFinished(() => void client.dispose());
      return client;
    },
  };
}

export async function send(url: string, init: RequestInit): Promise<Reply> {
  const response = await fetch(url, init);
  const text = await response.text();
  let body = {};
  try {
    body = JSON.parse(text) as object;
  } catch {
    // Not every response is JSON; such a test reads `text`.
  }
  return { status: response.status, headers: response.headers, text, body };
}

/** Collects what one subscription receives, and how it ends. */
export function collect(
  client: Client,
  query: string,
  variables: Record<string, unknown> = {},
  extensions: Record<string, unknown> = {},
) {
  const events: Record<string, unknown>[] = [];
  let end: { error?: unknown } | undefined;
  const unsubscribe = client.subscribe<Record<string, unknown>>(
    { query, variables, extensions },
    {
      next: (event) => events.push(event as Record<string, unknown>),
      error: (error) => (end = { error }),
      complete: () => (end = {}),
    },
  );
  return {
    events,
    unsubscribe,
    get end() {
      return end;
    },
  };
}
