import { problemsOf } from '@marquee/messages/problems';
import { expect, test } from 'vitest';

import { noticeMessages } from './index.ts';
import { mailMessages } from './mails.ts';

test('every message is there in every language, with all of its values and plural forms', () => {
  expect(problemsOf({ ...noticeMessages.definitions, ...mailMessages.definitions })).toEqual([]);
});
