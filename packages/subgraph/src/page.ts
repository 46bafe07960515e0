import type { FastifyReply } from 'fastify';

/** A page of a subgraph for people in a browser. */
export interface SmallPage {
  /** Of its text, a BCP 47 tag. */
  readonly language: string;
  /** HTML. */
  readonly body: string;
}

/** Pages run no script, load nothing, and can send a form to their own address alone. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const STYLE =
  'body{font:1.1rem/1.6 system-ui;max-width:36rem;margin:4rem auto;padding:0 1rem}button{font:inherit;padding:.6rem 1.2rem}pre{white-space:pre-wrap}';

/** Sends a page, which no cache and no search engine keeps, and whose links tell nobody its address. */
export function sendSmallPage(reply: FastifyReply, { language, body }: SmallPage): FastifyReply {
  return reply.type('text/html; charset=utf-8').headers({
    'cache-control': 'no-store',
    'content-security-policy': POLICY,
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex',
  }).send(`<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Marquee</title>
<style>${STYLE}</style>
${body}
</html>
`);
}
