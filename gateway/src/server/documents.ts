import { notFound, unavailable } from '@marquee/errors';
import type { FastifyInstance } from 'fastify';

const TIMEOUT_MS = 10_000;
const HEADERS = ['content-type', 'content-disposition', 'cache-control'] as const;

interface Route {
  Params: { subgraph: string };
}

/**
 * Fetches documents of subgraphs for browsers, which reach the gateway alone: a subgraph serves its own under
 * `/documents/<its name>/`. Nothing of the request but its address is passed on.
 *
 * @param urlOf the URL of a subgraph's endpoint
 */
export function forwardDocuments(app: FastifyInstance, urlOf: (subgraph: string) => string | undefined): void {
  app.get<Route>('/documents/:subgraph/*', async ({ params: { subgraph }, url }, reply) => {
    const endpoint = urlOf(subgraph);
    const target = endpoint === undefined ? null : new URL(url, endpoint);
    // `..` in an address would reach what is not a document.
    if (!target?.pathname.startsWith(`/documents/${subgraph}/`)) throw notFound('document');
    const response = await fetch(target, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(
      (cause: unknown) => {
        throw unavailable(subgraph, { cause });
      },
    );
    for (const name of HEADERS) {
      const value = response.headers.get(name);
      if (value !== null) reply.header(name, value);
    }
    return reply.code(response.status).send(Buffer.from(await response.arrayBuffer()));
  });
}
