import { CodedError } from '@marquee/errors';
import type { FastifyInstance } from 'fastify';
import type { DemoAccount } from '../explorer.ts';
import { CLIENT_GUIDE, documentation } from './documentation.ts';
import { escaped, type Page, pageStyle, sendPage, wantsPage } from './page.ts';
import { publicSdl, SDL_PATH } from './public-sdl.ts';
import { SANDBOX_PAGES, SANDBOX_TEXTS, type SandboxPages } from './sandbox-pages.ts';
import type { Generation } from '../../engine/api.ts';
import type { Site } from '../sites/site.ts';
import { sendSite } from '../sites/site-routes.ts';

export interface PagesOptions {
  /** Of the GraphQL endpoint. */
  readonly path: string;
  /** Whether the explorer, the schema and the docs are served too. */
  readonly explorer: boolean;
  readonly current: () => Generation;
  /** The addresses of a developer's sandboxes. */
  readonly sandboxPages: SandboxPages;
  /** The accounts of the seed. */
  readonly demoAccounts: readonly DemoAccount[];
  /** The applications that are served beside. */
  readonly sites: readonly Site[];
}

/** The page for developers, where `/` leads when no application is there. */
export const DEVELOPERS_PATH = '/developers';

const DESCRIPTION = 'The GraphQL API of a ticketing marketplace for cinema and live events.';

/** The pages for people beside the endpoint: what this is, the docs and the schema. */
export function pages(app: FastifyInstance, options: PagesOptions): void {
  const { path, explorer, current, sandboxPages, sites } = options;
  const places: Record<string, Place> = {
    ...Object.fromEntries(sites.map(({ prefix }) => placeOfSite(prefix))),
    graphql: {
      href: path,
      text: `GraphQL over HTTP, WebSocket, event streams and multipart responses${explorer ? '; in a browser GraphiQL with examples' : ''}`,
    },
    ...(explorer && {
      docs: { href: CLIENT_GUIDE, text: 'how a client signs in, caches, subscribes and handles errors' },
      schema: { href: SDL_PATH, text: 'the SDL, for editors and code generators' },
      operating: { href: '/docs/gateway', text: 'every setting, limit and metric of the gateway' },
      security: { href: '/docs/security', text: 'what is protected, from whom and by what' },
      ...placesOf(sandboxPages),
    }),
  };
  const links: Page['links'] = {
    Marquee: DEVELOPERS_PATH,
    ...(explorer && { Explorer: path, Docs: CLIENT_GUIDE, Errors: '/docs/errors', Schema: SDL_PATH }),
  };
  const hrefs = Object.fromEntries(Object.entries(places).map(([name, { href }]) => [name, href]));
  const accounts = explorer ? options.demoAccounts : [];
  const home = sites.find(({ prefix }) => prefix === '');
  app.get('/', async (request, reply) => {
    reply.header('vary', 'accept');
    if (!wantsPage(request))
      return { name: 'Marquee', description: DESCRIPTION, ...(explorer && { explorer: path }), ...hrefs };
    return home ? sendSite(request, reply, home) : reply.redirect(DEVELOPERS_PATH);
  });
  app.get(DEVELOPERS_PATH, async (_request, reply) => {
    return sendPage(reply, { title: 'Marquee', links, body: `${landing(places)}${accountsTable(accounts)}` });
  });
  app.setNotFoundHandler((request, reply) => {
    reply.header('vary', 'accept');
    const nothing = `There is nothing here. The GraphQL endpoint is ${path}.`;
    if (!wantsPage(request)) throw new CodedError('NOT_FOUND', nothing);
    const way = `<a href="${DEVELOPERS_PATH}">The first page</a> leads to everything else.`;
    const body = `<h1>Not found</h1><p>${escaped(nothing)} ${way}</p>`;
    return sendPage(reply.code(404), { title: 'Not found · Marquee', links, body });
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

function placeOfSite(prefix: string): [string, Place] {
  return [prefix.slice(1) || 'site', { href: prefix || '/', text: 'a web application over this endpoint' }];
}

function placesOf(sandboxes: SandboxPages): Record<string, Place> {
  const entries = SANDBOX_PAGES.flatMap((name): [string, Place][] => {
    const href = sandboxes[name];
    return href === undefined ? [] : [[name, { href, text: SANDBOX_TEXTS[name] }]];
  });
  return Object.fromEntries(entries);
}

function accountsTable(accounts: readonly DemoAccount[]): string {
  if (accounts.length === 0) return '';
  const rows = accounts.map(({ role, email, password }) => {
    return `<tr><td>${escaped(role)}</td><td>${escaped(email)}</td><td><code>${escaped(password)}</code></td></tr>`;
  });
  const heads = '<tr><th>role</th><th>email address</th><th>password</th></tr>';
  return `<h2>Demo accounts</h2><table>${heads}${rows.join('')}</table>`;
}

function landing(places: Readonly<Record<string, Place>>): string {
  const items = Object.entries(places).map(([name, { href, text }]) => {
    return `<dt>${name}</dt><dd><a href="${escaped(href)}">${escaped(href)}</a><br />${escaped(text)}</dd>`;
  });
  return `<h1>Marquee</h1><p>${DESCRIPTION}</p><dl>${items.join('')}</dl>`;
}
