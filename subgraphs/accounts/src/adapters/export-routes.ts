import { type LinkQuery, SignedLinks, type SignedLinksOptions } from '@marquee/subgraph';
import type { FastifyInstance } from 'fastify';

const LIFE_SECONDS = 900;
const GONE = 'This link no longer works. Ask for a new one in your account.';

const pathOf = (id: string): string => `/documents/accounts/exports/${id}.json`;

/** Links to data exports. Each works once, for 15 minutes. */
export class ExportLinks {
  readonly #links: SignedLinks;

  constructor(options: Omit<SignedLinksOptions, 'lifeSeconds'>) {
    this.#links = new SignedLinks({ ...options, lifeSeconds: LIFE_SECONDS });
  }

  urlOf({ id, downloads }: { readonly id: string; readonly downloads: number }): string {
    return this.#links.urlOf(pathOf(id), downloads);
  }

  open(id: string, query: LinkQuery): number | null {
    return this.#links.open(pathOf(id), query);
  }
}

interface Route {
  Params: { id: string };
  Querystring: Record<string, string | undefined>;
}

/** Mounts the files that links lead to. A link that is over, used or forged is 404. */
export function exportRoutes(
  app: FastifyInstance,
  links: Pick<ExportLinks, 'open'>,
  download: (id: string, downloads: number) => Promise<string | null>,
): void {
  app.get<Route>(pathOf(':id'), async ({ params: { id }, query }, reply) => {
    const downloads = links.open(id, query);
    const file = downloads === null ? null : await download(id, downloads);
    reply.header('cache-control', 'private, no-store').header('x-content-type-options', 'nosniff');
    if (file === null) return reply.code(404).type('text/plain; charset=utf-8').send(GONE);
    const disposition = 'attachment; filename="marquee-data.json"';
    return reply.type('application/json; charset=utf-8').header('content-disposition', disposition).send(file);
  });
}
