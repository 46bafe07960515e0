import type { MailContent } from '@marquee/mail';
import type { Locale } from '@marquee/messages';

import { noticeMessages } from './messages/index.ts';
import { mailMessages } from './messages/mails.ts';
import { allNotices, pageOf, type Sites } from './notice-subject.ts';
import type { Notice, NotificationKind } from './notification.ts';

/** Notices that a digest writes out. */
const MAX_ITEMS = 20;

/** The content of a mail: one notice, or several in a digest. */
export interface NoticeMail {
  readonly kind: NotificationKind;
  readonly notices: readonly Pick<Notice, 'message' | 'bookingId' | 'about'>[];
}

export interface MailFrame extends Sites {
  readonly locale: Locale;
  /** Ends mails of the kind; none for kinds that cannot be turned off. */
  readonly unsubscribeUrl: string | undefined;
}

/** The content of a mail with notices. */
export function noticeMailContent({ kind, notices }: NoticeMail, frame: MailFrame): MailContent {
  const { locale, unsubscribeUrl } = frame;
  const say = (message: Parameters<typeof mailMessages.write>[0]) => mailMessages.write(message, locale).text;
  const written = notices.slice(0, MAX_ITEMS).map(({ message }) => noticeMessages.write(message, locale));
  const left = Math.max(0, notices.length - MAX_ITEMS);
  const more = left > 0 ? [say({ key: 'more', values: { count: left } })] : [];
  const footer = {
    footer: [...more, say({ key: 'why', values: { kind } })],
    ...(unsubscribeUrl && {
      unsubscribe: { label: say({ key: 'unsubscribe', values: { kind } }), url: unsubscribeUrl },
    }),
  };
  const link = (url: string | undefined, key: 'open' | 'tickets' = 'open') =>
    url && { action: { label: say({ key, values: {} }), url } };
  const [first, only] = [written[0], notices[0]];
  if (notices.length === 1 && first && only) {
    const { bookingId, message } = only;
    const number = bookingId === null ? [] : [say({ key: 'bookingNumber', values: { bookingId } })];
    const label = message.key === 'bookingConfirmed' ? 'tickets' : 'open';
    return { title: first.title, paragraphs: [first.body, ...number], ...link(pageOf(only, frame), label), ...footer };
  }
  return {
    title: noticeMessages.write({ key: 'digest', values: { count: notices.length, kind } }, locale).title,
    paragraphs: [],
    ...{ items: written, ...link(allNotices(frame)), ...footer },
  };
}
