import { localeOf } from '@marquee/messages';

import { noticeMessages } from '../src/domain/messages/index.ts';
import type { Notice } from '../src/domain/notification.ts';

/** A notice as a person reads it. @param locale English by default */
export function written({ message, ...notice }: Notice, locale = 'en') {
  return { ...notice, ...noticeMessages.write(message, localeOf(locale)) };
}
