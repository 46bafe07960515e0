import type { FastifyInstance } from 'fastify';

import type { DocumentKey, RenderedDocument } from '../domain/document.ts';
import { type DocumentLinks, DOCUMENTS_PATH } from './document-links.ts';

interface Route {
  Params: { id: string };
  Querystring: Record<string, string | undefined>;
}

const GONE = 'This link no longer works. Open the ticket in the app again.';

/** Mounts the documents that links lead to. A link that is over, forged, or of a ticket that was passed on is 404. */
export function documentRoutes(
  app: FastifyInstance,
  links: Pick<DocumentLinks, 'open'>,
  render: (key: DocumentKey) => Promise<RenderedDocument | null>,
): void {
  const mount = (kind: DocumentKey['kind'], extension: string): void => {
    app.get<Route>(`${DOCUMENTS_PATH}/${kind}/:id.${extension}`, async ({ params: { id }, query }, reply) => {
      const key = links.open({ kind, id, query });
      const document = key && (await render(key));
      reply.header('cache-control', 'private, no-store').header('x-content-type-options', 'nosniff');
      if (!document) return reply.code(404).type('text/plain; charset=utf-8').send(GONE);
      const disposition = `attachment; filename="${kind === 'tickets' ? 'ticket' : 'booking'}.${extension}"`;
      return reply.type(document.mediaType).header('content-disposition', disposition).send(document.body);
    });
  };
  mount('tickets', 'pdf');
  mount('calendars', 'ics');
}
