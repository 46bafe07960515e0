import { escaped, page } from '@marquee/sandbox-pages';

import type { ReceivedMail } from './inbox.ts';

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
export function mailPage({ id, from, to, subject, text, html, receivedAt }: ReceivedMail): string {
  const head = `From ${escaped(from)} to ${escaped(to.join(', '))}, ${receivedAt.toISOString()}`;
  const part = html === null ? '' : `<p><a href="/mails/${escaped(id)}/html">The HTML part</a></p>`;
  return page(subject, `<p><a href="/">All mail</a></p><p>${head}</p>${part}<pre>${linked(text)}</pre>`);
}

function linked(text: string): string {
  return escaped(text).replaceAll(/https?:\/\/[^\s<>"]+/g, (url) => `<a rel="noreferrer" href="${url}">${url}</a>`);
}
