import { defineMessages, type Locale, type Message } from '@marquee/messages';

import { accountMessages } from './account.ts';
import { billingMessages } from './billing.ts';
import { bookingMessages } from './bookings.ts';
import { digestMessages } from './digests.ts';
import { promotionMessages } from './promotions.ts';
import { reminderMessages } from './reminders.ts';
import { supportMessages } from './support.ts';
import { ticketMessages } from './tickets.ts';

/** Everything that a notification may say. Add the messages of a domain as a file beside this one. */
export const noticeMessages = defineMessages<'title' | 'body'>()({
  ...accountMessages.definitions,
  ...billingMessages.definitions,
  ...bookingMessages.definitions,
  ...digestMessages.definitions,
  ...promotionMessages.definitions,
  ...reminderMessages.definitions,
  ...supportMessages.definitions,
  ...ticketMessages.definitions,
});

export type NoticeMessage = Message<(typeof noticeMessages)['definitions']>;

const unreadable = defineMessages<'title' | 'body'>()({
  unreadable: {
    values: {},
    en: { title: 'New notification', body: 'Reload the page to read it.' },
    de: { title: 'Neue Mitteilung', body: 'Laden Sie die Seite neu, um sie zu lesen.' },
    hi: { title: 'नई सूचना', body: 'इसे पढ़ने के लिए पेज फिर से लोड करें।' },
  },
});

/** A notice's text for a list, in which one that only a newer process knows must not fail the others. */
export function noticeText(message: NoticeMessage, locale: Locale): { title: string; body: string } {
  const isKnown = Object.hasOwn(noticeMessages.definitions, message.key);
  return isKnown ? noticeMessages.write(message, locale) : unreadable.write({ key: 'unreadable', values: {} }, locale);
}
