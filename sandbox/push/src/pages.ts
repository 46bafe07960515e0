import { escaped, filter, moment, page } from '@marquee/sandbox-pages';

import type { ReceivedMessage } from './messages.ts';
import type { SubscriptionKeys } from './subscriptions.ts';

const NEW_SUBSCRIPTION = '<form method="post" action="/subscriptions/new"><button>New subscription</button></form>';

/** The messages that arrived, newest first. @param of the subscription that they are for; all without it */
export function messagesPage(messages: readonly ReceivedMessage[], of?: string): string {
  const rows = messages.map(({ receivedAt, subscription, text, urgency, ttl, topic }) => {
    const link = `<a href="/?subscription=${encodeURIComponent(subscription)}">${escaped(subscription)}</a>`;
    const texts = [readable(text), `${urgency}, ${ttl} s`, topic ?? ''].map(escaped);
    return `<tr>${[moment(receivedAt), link, ...texts].map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
  });
  const heads = ['received', 'subscription', 'message', 'urgency, kept for', 'topic'].map((head) => `<th>${head}</th>`);
  const table = `<table><tr>${heads.join('')}</tr>${rows.join('')}</table>`;
  const none = '<p>No message yet. Reload the page after something sends one.</p>';
  return page(
    'Sandbox push',
    `${NEW_SUBSCRIPTION}${filter('subscription', 'To the subscription', of)}${messages.length === 0 ? none : table}`,
  );
}

/** The input of `registerPushEndpoint` for a new subscription. */
export function subscriptionPage(endpoint: string, keys: SubscriptionKeys): string {
  const input = escaped(JSON.stringify({ input: { endpoint, ...keys } }, null, 2));
  const how = '<p>Sign in, and send these variables with <code>registerPushEndpoint</code>:</p>';
  return page('New subscription', `<p><a href="/">All messages</a></p>${how}<pre>${input}</pre>`);
}

function readable(text: string): string {
  try {
    const { title, body } = JSON.parse(text) as { title?: unknown; body?: unknown };
    return typeof title === 'string' ? [title, body].filter(Boolean).join(': ') : text;
  } catch {
    return text;
  }
}
