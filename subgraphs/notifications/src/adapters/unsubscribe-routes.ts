import { type Language, type Locale, localeOfBrowser } from '@marquee/messages';
import { sendSmallPage } from '@marquee/subgraph';
import type { FastifyInstance, FastifyReply } from 'fastify';
import mustache from 'mustache';

import { mailMessages } from '../domain/messages/mails.ts';
import { canUnsubscribe, type Unsubscription } from '../domain/unsubscription.ts';
import { UNSUBSCRIBE_PATH, type UnsubscribeLinks } from './unsubscribe-links.ts';

const MAX_BODY_BYTES = 1_024;
const BODY = `{{#text}}<p>{{text}}</p>{{/text}}
{{#button}}<form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click"><button>{{button}}</button></form>{{/button}}`;

interface Ask {
  readonly Querystring: { readonly token?: string };
}

/**
 * Mounts the page that ends mails of a kind. RFC 8058: a mail program posts to the link without asking; a browser gets a page
 * with a button, so that whoever scans links in mails ends nothing.
 */
export function unsubscribeRoutes(
  app: FastifyInstance,
  links: Pick<UnsubscribeLinks, 'read'>,
  unsubscribe: (of: Unsubscription) => Promise<void>,
): void {
  void app.register(async (scope) => {
    // The body says nothing that the link does not.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit: MAX_BODY_BYTES }, async () => null);
    const read = async ({ query }: { query: Ask['Querystring'] }) => {
      const of = typeof query.token === 'string' ? await links.read(query.token) : null;
      return of && canUnsubscribe(of.kind) ? of : null;
    };
    scope.get<Ask>(UNSUBSCRIBE_PATH, async (request, reply) => {
      const of = await read(request);
      const locale = localeOfBrowser(request.headers['accept-language']);
      if (!of) return refuse(reply, locale);
      const words = (key: 'why' | 'unsubscribe') => mailMessages.write({ key, values: { kind: of.kind } }, locale).text;
      return show(reply, locale.language, { text: words('why'), button: words('unsubscribe') });
    });
    scope.post<Ask>(UNSUBSCRIBE_PATH, async (request, reply) => {
      const of = await read(request);
      const locale = localeOfBrowser(request.headers['accept-language']);
      if (!of) return refuse(reply, locale);
      await unsubscribe(of);
      return show(
        reply,
        locale.language,
        mailMessages.write({ key: 'unsubscribed', values: { kind: of.kind } }, locale),
      );
    });
  });
}

function refuse(reply: FastifyReply, locale: Locale): FastifyReply {
  return show(reply.code(404), locale.language, mailMessages.write({ key: 'linkBroken', values: {} }, locale));
}

function show(reply: FastifyReply, language: Language, view: { text?: string; button?: string }): FastifyReply {
  return sendSmallPage(reply, { language, body: mustache.render(BODY, view) });
}
