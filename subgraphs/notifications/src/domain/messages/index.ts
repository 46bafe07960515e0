import { defineMessages, type Message } from '@marquee/messages';

import { accountMessages } from './account.ts';
import { billingMessages } from './billing.ts';
import { bookingMessages } from './bookings.ts';
import { ticketMessages } from './tickets.ts';

/** Everything that a notification may say. Add the messages of a domain as a file beside this one. */
export const noticeMessages = defineMessages<'title' | 'body'>()({
  ...accountMessages.definitions,
  ...billingMessages.definitions,
  ...bookingMessages.definitions,
  ...ticketMessages.definitions,
});

export type NoticeMessage = Message<(typeof noticeMessages)['definitions']>;
