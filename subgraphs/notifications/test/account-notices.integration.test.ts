import { expect, test } from 'vitest';

import { openNotifications } from './harness.ts';

test('a person is told that their data is ready, and that their account is suspended or restored', async () => {
  const harness = await openNotifications();
  const userId = 'usr_told';
  await harness.deliver('account.data-export-ready', {
    ...{ userId, exportId: 'exp_1', expiresAt: new Date().toISOString() },
  });
  for (const status of ['SUSPENDED', 'ACTIVE'] as const) {
    await harness.deliver('account.status-changed', { userId, status });
  }
  const told = await harness.database.notification.findMany({ where: { userId }, orderBy: { version: 'asc' } });
  expect(told.map(({ message }) => message)).toMatchObject([
    { key: 'dataExportReady' },
    { key: 'accountStatus', values: { status: 'SUSPENDED' } },
    { key: 'accountStatus', values: { status: 'ACTIVE' } },
  ]);
});
