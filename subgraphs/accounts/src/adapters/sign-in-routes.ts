import { isCoded, UserError } from '@marquee/errors';
import type { Device } from '@marquee/subgraph';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { MAX_CLIENT_STATE, PROVIDER_LOGIN_MS } from '../domain/sign-in-provider.ts';

/** Where a browser starts, followed by the provider's id. */
export const SIGN_IN_PATH = '/pages/accounts/sign-in';

interface SignInRoute {
  Params: { provider: string };
  Querystring: { state?: unknown; login?: unknown };
}

interface SignInPages {
  /** Where browsers reach accounts. */
  readonly publicUrl: string;
  /** Where the page `/sign-in` is that gets the code; undefined where a person copies it. */
  readonly storefrontUrl: string | undefined;
}

/** The two steps in a browser, which the use cases take. */
export interface SignInSteps {
  start(step: {
    readonly provider: string;
    readonly browser: string | null;
    readonly clientState: string | null;
    readonly login: string | null;
    readonly device: Device;
  }): Promise<{ readonly url: string; readonly browser: string }>;
  finish(step: {
    readonly provider: string;
    readonly browser: string | null;
    readonly state: string | null;
    readonly query: string;
    readonly device: Device;
  }): Promise<{ readonly code: string; readonly state: string | null }>;
}

/** Mounts `GET …/sign-in/<provider>`, which leads to the provider, and `…/callback`, which leads to the storefront. */
export function signInRoutes(app: FastifyInstance, pages: SignInPages, steps: SignInSteps): void {
  const isSecure = pages.publicUrl.startsWith('https:');
  // Browsers accept the prefix only for a cookie of this very host, which no other site below the domain can set.
  const cookie = isSecure ? '__Host-marquee-sign-in' : 'marquee-sign-in';
  const attributes = `Path=/; HttpOnly; SameSite=Lax; Max-Age=${PROVIDER_LOGIN_MS / 1000}${isSecure ? '; Secure' : ''}`;
  const browserOf = ({ headers }: FastifyRequest): string | null =>
    new RegExp(`(?:^|; ?)${cookie}=(browser_[\\w-]{43})(?:;|$)`).exec(headers.cookie ?? '')?.[1] ?? null;

  app.get<SignInRoute>(`${SIGN_IN_PATH}/:provider`, async (request, reply) => {
    const { state, login } = request.query;
    const started = await steps
      .start({
        ...{ provider: request.params.provider, browser: browserOf(request), device: deviceOf(request) },
        ...{ clientState: textOr(state, MAX_CLIENT_STATE), login: textOr(login, MAX_CLIENT_STATE) },
      })
      .catch((error: unknown) => ({ failed: messageOf(error) }));
    if ('failed' in started) return leave(reply, pages, { error: started.failed });
    return redirect(reply.header('set-cookie', `${cookie}=${started.browser}; ${attributes}`), started.url);
  });

  app.get<SignInRoute>(`${SIGN_IN_PATH}/:provider/callback`, async (request, reply) => {
    const finished = await steps
      .finish({
        ...{ provider: request.params.provider, browser: browserOf(request), device: deviceOf(request) },
        ...{ state: textOr(request.query.state, MAX_CLIENT_STATE), query: request.url.split('?')[1] ?? '' },
      })
      .catch((error: unknown) => ({ error: messageOf(error) }));
    return leave(reply, pages, finished);
  });
}

/** To the storefront, with what came of it in the fragment, which browsers send to no server. */
function leave(
  reply: FastifyReply,
  { storefrontUrl }: Pick<SignInPages, 'storefrontUrl'>,
  outcome: { readonly code: string; readonly state: string | null } | { readonly error: string },
): FastifyReply {
  const entries = Object.entries(outcome).filter((entry): entry is [string, string] => entry[1] !== null);
  if (storefrontUrl !== undefined) {
    const page = `${storefrontUrl.replace(/\/+$/, '')}/sign-in`;
    return redirect(reply, `${page}#${new URLSearchParams(entries)}`);
  }
  const text = 'code' in outcome ? `Sign in with finishProviderSignIn(code: "${outcome.code}").` : outcome.error;
  return reply.type('text/plain; charset=utf-8').headers(PRIVATE).send(`${text}\n`);
}

const PRIVATE = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' };

function redirect(reply: FastifyReply, url: string): FastifyReply {
  return reply.headers(PRIVATE).redirect(url, 302);
}

/** An expected failure, in its own words; any other without its cause. */
function messageOf(error: unknown): string {
  if (isCoded(error) || error instanceof UserError) return error.message;
  throw error;
}

function deviceOf(request: FastifyRequest) {
  return { address: request.ip, userAgent: request.headers['user-agent'] ?? null };
}

/** A query parameter that is given once and short enough. */
function textOr(value: unknown, maxLength: number): string | null {
  return typeof value === 'string' && value.length > 0 && value.length <= maxLength ? value : null;
}
