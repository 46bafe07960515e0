import { isCoded, isErrorCode, statusOf, UserError } from '@marquee/errors';
import { type Device, sendSmallPage } from '@marquee/subgraph';
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
      .catch(failureOf);
    if ('error' in started) return leave(reply, pages, request.params, started);
    return redirect(reply.header('set-cookie', `${cookie}=${started.browser}; ${attributes}`), started.url);
  });

  app.get<SignInRoute>(`${SIGN_IN_PATH}/:provider/callback`, async (request, reply) => {
    const finished = await steps
      .finish({
        ...{ provider: request.params.provider, browser: browserOf(request), device: deviceOf(request) },
        ...{ state: textOr(request.query.state, MAX_CLIENT_STATE), query: request.url.split('?')[1] ?? '' },
      })
      .catch(failureOf);
    return leave(reply, pages, request.params, finished);
  });
}

/** To the storefront, with what came of it in the fragment, which browsers send to no server. */
function leave(
  reply: FastifyReply,
  { storefrontUrl }: Pick<SignInPages, 'storefrontUrl'>,
  { provider }: SignInRoute['Params'],
  outcome: { readonly code: string; readonly state: string | null } | Failure,
): FastifyReply {
  if (storefrontUrl !== undefined) {
    const { code, state, error } = { code: null, state: null, error: null, ...outcome };
    const entries = Object.entries({ code, state, error }).filter(
      (entry): entry is [string, string] => entry[1] !== null,
    );
    const page = `${storefrontUrl.replace(/\/+$/, '')}/sign-in`;
    return redirect(reply, `${page}#${new URLSearchParams(entries)}`);
  }
  const again = `<p><a href="${SIGN_IN_PATH}/${encodeURIComponent(provider)}">Start again</a></p>`;
  if ('code' in outcome) {
    const body = `<h1>Almost signed in</h1>
<p>There is no storefront to return to. Send this code within two minutes; it works once:</p>
<pre>finishProviderSignIn(code: "${outcome.code}")</pre>
<p>The first page of this server leads to the explorer, where you can send it.</p>${again}`;
    return sendSmallPage(reply, { language: 'en', body });
  }
  const { error, status } = outcome;
  const body = `<h1>Not signed in</h1><p>${error}</p>${status === NOT_FOUND ? '' : again}`;
  return sendSmallPage(reply.code(status), { language: 'en', body });
}

const PRIVATE = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' };

function redirect(reply: FastifyReply, url: string): FastifyReply {
  return reply.headers(PRIVATE).redirect(url, 302);
}

interface Failure {
  /** Words of ours, without HTML. */
  readonly error: string;
  readonly status: number;
}

const BAD_REQUEST = 400;
const NOT_FOUND = 404;

/** An expected failure, in its own words. @throws any other, whose cause nobody is told */
function failureOf(error: unknown): Failure {
  if (error instanceof UserError) return { error: error.message, status: BAD_REQUEST };
  if (!isCoded(error)) throw error;
  const { code } = error.extensions;
  return { error: error.message, status: isErrorCode(code) ? statusOf(code) : BAD_REQUEST };
}

function deviceOf(request: FastifyRequest) {
  return { address: request.ip, userAgent: request.headers['user-agent'] ?? null };
}

/** A query parameter that is given once and short enough. */
function textOr(value: unknown, maxLength: number): string | null {
  return typeof value === 'string' && value.length > 0 && value.length <= maxLength ? value : null;
}
