import { expect, test } from 'vitest';

import { serviceEnvironment } from './environment.ts';

const GIVEN = {
  PORT: '4103',
  DATABASE_URL: 'postgresql://me:secret@db:5432/postgres',
  REDIS_URL: 'redis://cache:6379',
  SERVICE_SECRET: 'x'.repeat(32),
};

test('a subgraph has its own database on the server, unless it is elsewhere', () => {
  expect(serviceEnvironment('booking', GIVEN).databaseUrl).toMatch(/@db:5432\/[a-z_]*booking/);
  const elsewhere = { ...GIVEN, DATABASE_URL_BOOKING: 'postgresql://other/booking' };
  expect(serviceEnvironment('booking', elsewhere).databaseUrl).toBe('postgresql://other/booking');
});

test('it listens on this machine alone unless told otherwise', () => {
  expect(serviceEnvironment('booking', GIVEN)).toMatchObject({ host: '127.0.0.1', port: 4103, rateLimits: true });
  expect(serviceEnvironment('booking', { ...GIVEN, HOST: '0.0.0.0' }).host).toBe('0.0.0.0');
});

test.each(['PORT', 'DATABASE_URL', 'REDIS_URL', 'SERVICE_SECRET'])('a missing %s is named', (variable) => {
  expect(() => serviceEnvironment('booking', { ...GIVEN, [variable]: undefined })).toThrow(`${variable} is not set`);
});

test('a value that makes no sense is named', () => {
  const wrong: [Record<string, string>, string][] = [
    [{ PORT: 'high' }, 'PORT is no port: high'],
    [{ REDIS_URL: 'cache' }, 'REDIS_URL is no address: cache'],
    [{ RATE_LIMITS: 'maybe' }, 'RATE_LIMITS is maybe'],
    [{ RATE_LIMITS: 'off', NODE_ENV: 'production' }, 'refused in production'],
  ];
  for (const [given, message] of wrong)
    expect(() => serviceEnvironment('booking', { ...GIVEN, ...given })).toThrow(message);
  const environment = serviceEnvironment('booking', { ...GIVEN, KEY: 'short' });
  expect(() => environment.key('KEY')).toThrow('KEY is not 32 bytes in base64url');
  expect(() => environment.text('TICKET_SECRET')).toThrow('TICKET_SECRET is not set');
});
