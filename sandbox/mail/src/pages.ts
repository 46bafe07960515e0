import type { ReceivedMail } from './inbox.ts';

/** Pages run no script and load nothing; `data:` is their empty icon. */
export const CONTENT_SECURITY_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const STYLE =
  'body{font:1rem/1.5 system-ui;max-width:60rem;margin:2rem auto;padding:0 1rem}' +
  'table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #ccc}' +
  'pre{white-space:pre-wrap;overflow-wrap:anywhere}';

/** The list of mails, newest first. */
export function inboxPage(mails: readonly ReceivedMail[]): string {
  const rows = mails.map(
    ({ id, to, subject, receivedAt }) =>
      `<tr><td>${receivedAt.toISOString()}</td><td>${escaped(to.join(', '))}</td>` +
      `<td><a href="/mails/${escaped(id)}">${escaped(subject)}</a></td></tr>`,
  );
  const table = `<table><tr><th>received</th><th>to</th><th>subject</th></tr>${rows.join('')}</table>`;
  return page(
    'Sandbox mail',
    mails.length === 0 ? '<p>No mail yet. Reload the page after something sends one.</p>' : table,
  );
}

/** One mail. Its links can be followed. */
export function mailPage({ from, to, subject, text, receivedAt }: ReceivedMail): string {
  const head = `From ${escaped(from)} to ${escaped(to.join(', '))}, ${receivedAt.toISOString()}`;
  return page(subject, `<p><a href="/">All mail</a></p><p>${head}</p><pre>${linked(text)}</pre>`);
}

function page(title: string, body: string): string {
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

function linked(text: string): string {
  return escaped(text).replaceAll(/https?:\/\/[^\s<>"]+/g, (url) => `<a rel="noreferrer" href="${url}">${url}</a>`);
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
