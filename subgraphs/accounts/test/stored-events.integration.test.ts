import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

import { openAccounts } from './harness.ts';

const MIGRATION = new URL(
  '../../../prisma/accounts/migrations/20261129154500_events_without_personal_data/migration.sql',
  import.meta.url,
);

test('the migration strips stored registrations of the address and the name, and changes no other event', async () => {
  const { database } = await openAccounts();
  const add = (type: string, payload: string) => database.$executeRaw`
    INSERT INTO outbox_events (id, type, key, payload, published_at)
    VALUES (gen_random_uuid(), ${type}, 'usr_old', ${payload}::jsonb, now())`;
  await add('account.registered', '{"userId": "usr_old", "email": "old@example.test", "displayName": "Old"}');
  await add('account.session-revoked', '{"userId": "usr_old", "sessionId": "ses_old"}');
  await database.$executeRawUnsafe(readFileSync(MIGRATION, 'utf8'));
  const events = await database.outboxEvent.findMany({ where: { key: 'usr_old' }, orderBy: { seq: 'asc' } });
  expect(events.map(({ payload }) => payload)).toEqual([
    { userId: 'usr_old' },
    { userId: 'usr_old', sessionId: 'ses_old' },
  ]);
});
