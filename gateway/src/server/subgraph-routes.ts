import { notFound, unavailable } from '@marquee/errors';
import { FORWARDED_BY_HEADER, type SignServiceCall } from '@marquee/identity';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isSessionCookie, otherCookies } from './session-cookie.ts';

/** A subgraph serves others than GraphQL clients below `/<kind>/<its name>/`: files, pages of browsers, reports of providers. */
const KINDS = ['documents', 'pages', 'webhooks'] as const;
const TIMEOUT_MS = 10_000;
const MAX_BODY_BYTES = 256 * 1024;
/** The headers of a request that a page or a webhook may read. Access tokens are for GraphQL alone. */
const PASSED_ON =
  /^(accept|accept-language|content-type|cookie|user-agent|webhook-(id|timestamp)|([a-z]+-)+signature)$/;
/** The headers that a subgraph may set. What browsers may do with it is the gateway's to say. */
const PASSED_BACK =
  /^(cache-control|content-(disposition|language|type)|etag|last-modified|location|retry-after|set-cookie|x-robots-tag)$/;
/** Pages have a style and send forms to their own origin; they run no script and load nothing. */
const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

interface Route {
  Params: { subgraph: string };
}

export interface SubgraphRoutesOptions {
  /** The URL of a subgraph's endpoint. */
  readonly urlOf: (subgraph: string) => string | undefined;
  /** Proves to a subgraph that the gateway says the client's address. */
  readonly forwardedBy: SignServiceCall;
}

/** Forwards to subgraphs what is not GraphQL, so that browsers and providers need the gateway's address alone. */
export function forwardSubgraphRoutes(app: FastifyInstance, { urlOf, forwardedBy }: SubgraphRoutesOptions): void {
  // Signatures of webhooks cover the body as it is.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    '*',
    { parseAs: 'buffer', bodyLimit: MAX_BODY_BYTES },
    async (_: unknown, body: unknown) => body,
  );
  for (const kind of KINDS) {
    app.route<Route>({
      method: ['GET', 'POST'],
      url: `/${kind}/:subgraph/*`,
      handler: async (request, reply) => {
        const { subgraph } = request.params;
        const endpoint = urlOf(subgraph);
        const target = endpoint === undefined ? null : targetOf(request.url, endpoint);
        // `..` in an address would reach what is not forwarded.
        if (!target?.pathname.startsWith(`/${kind}/${subgraph}/`)) throw notFound('page');
        const init = requestTo(request, await forwardedBy(subgraph));
        const response = await fetch(target, init).catch((cause: unknown) => {
          throw unavailable(subgraph, { cause });
        });
        if (kind === 'pages') reply.header('content-security-policy', PAGE_POLICY);
        return answerWith(response, reply);
      },
    });
  }
}

/**
 * The address at a subgraph; null where a client names a host of its own. The router takes `GET http://host/pages/…` for a
 * page, so the host is never read from the request: it would get the gateway's token.
 */
function targetOf(url: string, endpoint: string): URL | null {
  if (!url.startsWith('/')) return null;
  const [path = '', ...query] = url.split('?');
  const target = new URL(new URL(endpoint).origin);
  target.pathname = path;
  target.search = query.join('?');
  return target;
}

function requestTo({ method, headers, ip, body }: FastifyRequest, token: string): RequestInit {
  const cookie = otherCookies(headers.cookie);
  const { cookie: _, ...others } = headers;
  const passed = Object.entries({ ...others, ...(cookie !== undefined && { cookie }) }).filter(
    ([name, value]) => PASSED_ON.test(name) && typeof value === 'string',
  );
  return {
    method,
    headers: {
      ...(Object.fromEntries(passed) as Record<string, string>),
      'x-forwarded-for': ip,
      [FORWARDED_BY_HEADER]: token,
    },
    ...(Buffer.isBuffer(body) && { body: new Uint8Array(body) }),
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  };
}

async function answerWith(response: Response, reply: FastifyReply): Promise<FastifyReply> {
  // Each cookie comes as an entry of its own, and is added to those before.
  for (const [name, value] of response.headers) {
    if (PASSED_BACK.test(name) && !(name === 'set-cookie' && isSessionCookie(value))) reply.header(name, value);
  }
  return reply.code(response.status).send(Buffer.from(await response.arrayBuffer()));
}
