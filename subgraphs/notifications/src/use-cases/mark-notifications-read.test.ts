import { expect, test } from 'vitest';

import { markNotificationsRead } from './mark-notifications-read.ts';

const deps = {
  notifications: { markRead: () => Promise.reject(new Error('not to be called')), countUnread: async () => 4 },
  now: () => new Date(),
};

test('marking nothing only counts', async () => {
  expect(await markNotificationsRead(deps, { userId: 'usr_1', ids: [] })).toBe(4);
});

test('more than a hundred at a time are refused', async () => {
  const ids = Array.from({ length: 101 }, (_, position) => `ntf_${position}`);
  const marking = markNotificationsRead(deps, { userId: 'usr_1', ids });
  await expect(marking).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT', field: 'ids' } });
});
