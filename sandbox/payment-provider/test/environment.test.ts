import { expect, test } from 'vitest';

import { settingsFrom } from '../src/environment.ts';

const GIVEN = {
  DATABASE_URL: 'postgresql://me:secret@db:5432/postgres',
  SANDBOX_PROVIDER_API_KEY: 'k'.repeat(16),
  SANDBOX_PROVIDER_WEBHOOK_URL: 'http://payments:4105/webhooks/payments/sandbox',
  SANDBOX_PROVIDER_WEBHOOK_SECRET: 's'.repeat(16),
};

test('the provider has its own database on the server, unless it is elsewhere', () => {
  expect(settingsFrom(GIVEN).databaseUrl).toMatch(/@db:5432\/[a-z_]*sandbox/);
  const elsewhere = { ...GIVEN, DATABASE_URL_SANDBOX_PROVIDER: 'postgresql://other/provider' };
  expect(settingsFrom(elsewhere).databaseUrl).toBe('postgresql://other/provider');
});

test.each([
  [{ SANDBOX_PROVIDER_API_KEY: 'short' }, 'Set SANDBOX_PROVIDER_API_KEY to a secret of at least 16 characters.'],
  [{ SANDBOX_PROVIDER_WEBHOOK_URL: '' }, 'Set SANDBOX_PROVIDER_WEBHOOK_URL to a URL'],
  [{ DATABASE_URL: '' }, 'Set DATABASE_URL to a Postgres server'],
])('the environment %j is refused, naming what to set', (wrong, message) => {
  expect(() => settingsFrom({ ...GIVEN, ...wrong })).toThrow(message);
});
