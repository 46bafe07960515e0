import { problemsOf } from '@marquee/messages/problems';
import { expect, test } from 'vitest';

import { feedMessages } from './messages.ts';

test('every heading and reason is there in every language, with all of its values', () => {
  expect(problemsOf(feedMessages.definitions)).toEqual([]);
});
