import { expect, test } from 'vitest';

import { Inbox } from './inbox.ts';

test('the inbox keeps the latest 500 mails', () => {
  const inbox = new Inbox();
  for (let sent = 1; sent <= 501; sent += 1) {
    const mail = {
      from: '',
      to: ['ann@example.com'],
      subject: `Mail ${sent}`,
      text: '',
      html: null,
      headers: {},
      receivedAt: new Date(0),
    };
    inbox.add({ id: String(sent), ...mail });
  }
  expect(inbox.list()).toHaveLength(500);
  expect(inbox.list()[0]).toBe(inbox.find('501'));
  expect(inbox.find('1')).toBeUndefined();
});
