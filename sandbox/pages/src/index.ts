import type { FastifyReply } from 'fastify';

/** Pages run no script and load nothing; `data:` is their empty icon. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const STYLE =
  ':root{color-scheme:light dark}body{font:1rem/1.5 system-ui;max-width:60rem;margin:2rem auto;padding:0 1rem}' +
  'table{display:block;overflow-x:auto;border-collapse:collapse}td,th{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #ccc}' +
  'pre{white-space:pre-wrap;overflow-wrap:anywhere}';

/** A whole page. @param body HTML, its texts {@link escaped} */
export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
<h1>${escaped(title)}</h1>
${body}
</html>
`;
}

/** A moment as people read it, in HTML. */
export function moment(at: Date): string {
  const text = at.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' });
  return `<time datetime="${at.toISOString()}">${text} UTC</time>`;
}

/** A form that asks for the same page with a part of its rows, and the way back to all of them. */
export function filter(name: string, label: string, value: string | undefined): string {
  const input = `<input name="${name}" value="${escaped(value ?? '')}">`;
  const all = value === undefined ? '' : ' <a href="/">Show all</a>';
  return `<form><label>${escaped(label)} ${input}</label> <button>Filter</button>${all}</form>`;
}

/** A query parameter that is given once and not empty. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Text as it is written in HTML, in attributes too. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** Sends a page that shows the present state and runs nothing. */
export function sendPage(reply: FastifyReply, html: string): FastifyReply {
  return reply
    .type('text/html; charset=utf-8')
    .headers({ 'cache-control': 'no-store', 'content-security-policy': CONTENT_SECURITY_POLICY })
    .send(html);
}
