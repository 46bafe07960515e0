import { readFile } from 'node:fs/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';

const STYLE = new URL('../../../assets/pages.css', import.meta.url);
const STYLE_PATH = '/assets/pages.css';

/** Pages run no script and load nothing but their style. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export interface Page {
  readonly title: string;
  /** Links on top, by their text. */
  readonly links: Readonly<Record<string, string>>;
  /** HTML. */
  readonly body: string;
}

/** Whether a page is wanted rather than JSON, which programs that do not say get. */
export function wantsPage({ raw }: FastifyRequest): boolean {
  return new Negotiator(raw).mediaType(['application/json', 'text/html']) === 'text/html';
}

export function sendPage(reply: FastifyReply, { title, links, body }: Page): FastifyReply {
  const nav = Object.entries(links).map(([text, href]) => `<a href="${escaped(href)}">${escaped(text)}</a>`);
  return reply
    .type('text/html; charset=utf-8')
    .header('content-security-policy', CONTENT_SECURITY_POLICY)
    .header('cache-control', 'no-cache').send(`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>${escaped(title)}</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="${STYLE_PATH}" />
  </head>
  <body>
    <nav>${nav.join(' ')}</nav>
    <main>${body}</main>
  </body>
</html>
`);
}

/** Serves the style of all pages. */
export function pageStyle(app: FastifyInstance): void {
  app.get(STYLE_PATH, async (_request, reply) => {
    return reply
      .type('text/css; charset=utf-8')
      .header('cache-control', 'public, max-age=3600')
      .send(await readFile(STYLE));
  });
}

/** Text for HTML, also inside quotes. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
