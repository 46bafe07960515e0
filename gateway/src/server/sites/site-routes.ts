import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import { isCurrent } from '../etag.ts';
import { wantsPage } from '../pages/page.ts';
import { ENCODINGS, type Encoding, INDEX, type Site, type SiteFile } from './site.ts';
import { ASK_AGAIN, FOR_EVER, SITE_HEADERS } from './site-headers.ts';

/** Addresses of the gateway, below which the site at `/` has no pages. */
const RESERVED = ['.well-known', 'docs', 'documents', 'graphql', 'pages', 'schema.graphql', 'session', 'webhooks'];
/** The folder of files that pages load: what is missing there is no page. */
const ASSETS = 'assets';

interface Route {
  Params: { '*': string };
}

/**
 * Serves static applications: their files, and their page for every address that a browser opens. Anything else is not
 * found, so that a missing script is not a page. The page of the site at `/` is sent by the route of that address.
 */
export function siteRoutes(app: FastifyInstance, sites: readonly Site[]): void {
  for (const site of sites) {
    const without = new Set([ASSETS, ...(site.prefix === '' ? RESERVED : [])]);
    const send = async (request: FastifyRequest<Route>, reply: FastifyReply): Promise<unknown> => {
      const path = request.params['*'] ?? '';
      const file = site.file(path);
      if (file) return sendFile(request, reply, file);
      const isPage = path === INDEX || (!without.has(path.split('/', 1)[0] ?? '') && wantsPage(request));
      if (isPage) return sendSite(request, reply, site);
      reply.callNotFound();
      return reply;
    };
    if (site.prefix !== '') app.get<Route>(site.prefix, send);
    app.get<Route>(`${site.prefix}/*`, send);
  }
}

/** Sends the page of a site. */
export async function sendSite(request: FastifyRequest, reply: FastifyReply, site: Site): Promise<FastifyReply> {
  reply.header('vary', 'accept');
  return sendFile(request, reply, await site.index());
}

async function sendFile(request: FastifyRequest, reply: FastifyReply, file: SiteFile): Promise<FastifyReply> {
  const etag = await file.etag();
  reply.headers({ ...SITE_HEADERS, etag, 'cache-control': file.isHashed ? FOR_EVER : ASK_AGAIN });
  if (file.encodings.length > 0) vary(reply, 'accept-encoding');
  if (isCurrent(request.headers['if-none-match'], etag)) return reply.code(304).send();
  const encoding = encodingFor(request, file);
  if (encoding) reply.header('content-encoding', encoding);
  return reply.type(file.type).send(await file.content(encoding));
}

/** The smallest that the client accepts, whichever it names first. */
function encodingFor({ raw }: FastifyRequest, { encodings }: SiteFile): Encoding | undefined {
  const accepted = new Set(new Negotiator(raw).encodings([...ENCODINGS]));
  return encodings.find((encoding) => accepted.has(encoding));
}

function vary(reply: FastifyReply, name: string): void {
  const others = reply.getHeader('vary');
  reply.header('vary', others === undefined ? name : `${String(others)}, ${name}`);
}
