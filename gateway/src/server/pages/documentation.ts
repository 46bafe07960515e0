import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { posix } from 'node:path';
import { CodedError } from '@marquee/errors';
import type { FastifyInstance } from 'fastify';
import { Marked, type Tokens } from 'marked';
import { gfmHeadingId } from 'marked-gfm-heading-id';
import { escaped, type Page, sendPage, wantsPage } from './page.ts';
import { SDL_PATH } from './public-sdl.ts';

const DOCS = new URL('../../../../docs/', import.meta.url);
/** The public SDL in the repository, as documents link to it. */
const SDL_FILE = '../schema/api.graphql';

/** The guide that a client's developer reads first. */
export const CLIENT_GUIDE = '/docs/clients';

/** Serves the Markdown of `docs/` as pages, so that they can be read without a network. */
export function documentation(app: FastifyInstance, links: Page['links']): void {
  const names = new Set(documentNames());
  for (const path of ['/docs', '/docs/']) app.get(path, async (_request, reply) => reply.redirect(CLIENT_GUIDE));
  app.get<{ Params: { '*': string } }>('/docs/*', async (request, reply) => {
    const name = request.params['*'];
    if (!names.has(name) && wantsPage(request)) return reply.callNotFound();
    if (!names.has(name)) throw new CodedError('NOT_FOUND', `There is no such page. Begin at ${CLIENT_GUIDE}.`);
    const markdown = await readFile(new URL(`${name}.md`, DOCS), 'utf8');
    const title = /^# (.+)$/m.exec(markdown)?.[1] ?? name;
    return sendPage(reply, { title: `${title} · Marquee`, links, body: htmlOf(markdown, name, names) });
  });
}

function documentNames(): string[] {
  return readdirSync(DOCS, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => file.replaceAll('\\', '/').slice(0, -'.md'.length));
}

/** HTML of Markdown. A link to a file that is not served becomes its text. */
function htmlOf(markdown: string, name: string, names: ReadonlySet<string>): string {
  const marked = new Marked(gfmHeadingId(), {
    renderer: {
      // Paths may break, so that tables of them fit the window.
      codespan: ({ text }) => `<code>${escaped(text).replaceAll('/', '/<wbr>')}</code>`,
      link(token: Tokens.Link) {
        const href = addressOf(token.href, name, names);
        const text = this.parser.parseInline(token.tokens);
        return href === undefined ? text : `<a href="${href}">${text}</a>`;
      },
    },
  });
  return marked.parse(markdown, { async: false });
}

function addressOf(href: string, name: string, names: ReadonlySet<string>): string | undefined {
  if (/^(https?:|#|\/)/.test(href)) return href;
  const [file = '', anchor] = href.split('#', 2);
  const target = posix.join(posix.dirname(name), file).replace(/\.md$/, '');
  if (target === SDL_FILE) return SDL_PATH;
  if (!names.has(target)) return undefined;
  return `/docs/${target}${anchor === undefined ? '' : `#${anchor}`}`;
}
