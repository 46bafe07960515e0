import type { FastifyInstance } from 'fastify';
import Negotiator from 'negotiator';
import { CLIENT_GUIDE, documentation } from './documentation.ts';
import { escaped, type Page, pageStyle, sendPage } from './page.ts';
import { publicSdl, SDL_PATH } from './public-sdl.ts';
import type { Generation } from '../../engine/api.ts';

export interface PagesOptions {
  /** Of the GraphQL endpoint. */
  readonly path: string;
  /** Whether the explorer, the schema and the docs are served too. */
  readonly explorer: boolean;
  readonly current: () => Generation;
  /** The inbox of a developer's mail server. */
  readonly mailUrl: string | undefined;
}

const DESCRIPTION = 'The GraphQL API of a ticketing marketplace for cinema and live events.';

/** The pages for people beside the endpoint: what this is, the docs and the schema. */
export function pages(app: FastifyInstance, { path, explorer, current, mailUrl }: PagesOptions): void {
  const places: Record<string, Place> = {
    graphql: { href: path, text: 'GraphQL over HTTP, WebSocket, event streams and multipart responses' },
    ...(explorer && {
      explorer: { href: path, text: 'in a browser: GraphiQL with examples' },
      docs: { href: CLIENT_GUIDE, text: 'how a client signs in, caches, subscribes and handles errors' },
      schema: { href: SDL_PATH, text: 'the SDL, for editors and code generators' },
      operating: { href: '/docs/gateway', text: 'every setting, limit and metric of the gateway' },
      security: { href: '/docs/security', text: 'what is protected, from whom and by what' },
      ...(mailUrl !== undefined && { mail: { href: mailUrl, text: 'the mail that this stack has sent' } }),
    }),
  };
  const links: Page['links'] = {
    Marquee: '/',
    ...(explorer && { Explorer: path, Docs: CLIENT_GUIDE, Errors: '/docs/errors', Schema: SDL_PATH }),
  };
  const hrefs = Object.fromEntries(Object.entries(places).map(([name, { href }]) => [name, href]));
  app.get('/', async (request, reply) => {
    reply.header('vary', 'accept');
    const type = new Negotiator(request.raw).mediaType(['application/json', 'text/html']);
    if (type !== 'text/html') return { name: 'Marquee', description: DESCRIPTION, ...hrefs };
    return sendPage(reply, { title: 'Marquee', links, body: landing(places) });
  });
  pageStyle(app);
  if (!explorer) return;
  documentation(app, links);
  publicSdl(app, current);
}

interface Place {
  readonly href: string;
  readonly text: string;
}

function landing(places: Readonly<Record<string, Place>>): string {
  const rows = Object.entries(places).map(([name, { href, text }]) => {
    return `<tr><td>${name}</td><td><a href="${escaped(href)}">${escaped(href)}</a></td><td>${escaped(text)}</td></tr>`;
  });
  return `<h1>Marquee</h1><p>${DESCRIPTION}</p><table>${rows.join('')}</table>`;
}
