import { escaped, filter, moment, page } from '@marquee/sandbox-pages';

import type { ReceivedMail } from './inbox.ts';

/** The list of mails, newest first. @param to whose mails they are; everybody's without it */
export function inboxPage(mails: readonly ReceivedMail[], to?: string): string {
  const rows = mails.map(
    ({ id, to: addresses, subject, receivedAt }) =>
      `<tr><td>${moment(receivedAt)}</td><td>${addresses.map(linkTo).join(', ')}</td>` +
      `<td><a href="/mails/${escaped(id)}">${escaped(subject)}</a></td></tr>`,
  );
  const table = `<table><tr><th>received</th><th>to</th><th>subject</th></tr>${rows.join('')}</table>`;
  const none = '<p>No mail yet. Reload the page after something sends one.</p>';
  return page('Sandbox mail', `${filter('to', 'To the address', to)}${mails.length === 0 ? none : table}`);
}

/** An address that leads to its mails. */
function linkTo(address: string): string {
  return `<a href="/?to=${encodeURIComponent(address)}">${escaped(address)}</a>`;
}

/** One mail. Its links can be followed. */
export function mailPage({ id, from, to, subject, text, html, receivedAt }: ReceivedMail): string {
  const head = `From ${escaped(from)} to ${to.map(linkTo).join(', ')}, ${moment(receivedAt)}`;
  const part = html === null ? '' : `<p><a href="/mails/${escaped(id)}/html">The HTML part</a></p>`;
  return page(subject, `<p><a href="/">All mail</a></p><p>${head}</p>${part}<pre>${linked(text)}</pre>`);
}

function linked(text: string): string {
  return escaped(text).replaceAll(/https?:\/\/[^\s<>"]+/g, (url) => `<a rel="noreferrer" href="${url}">${url}</a>`);
}
