import { expect, test } from 'vitest';
import { z } from 'zod';

import { loosened, readSettings, secret, secretKey, settingsIn } from '../settings.ts';
import { serviceEnvironment } from './environment.ts';

const BOOKING = { name: 'booking', asks: [], settings: z.object({}), signsTokens: false };
const GIVEN = {
  PORT: '4103',
  DATABASE_URL: 'postgresql://me:secret@db:5432/postgres',
  REDIS_URL: 'redis://cache:6379',
  SERVICE_KEY_FILE: import.meta.filename,
  SERVICE_KEYS_FILE: import.meta.filename,
  JWKS_URL: 'http://accounts/.well-known/jwks.json',
};

test('a subgraph’s database is on the shared server, unless it has a URL of its own', () => {
  expect(serviceEnvironment(BOOKING, GIVEN).databaseUrl).toMatch(/@db:5432\/[a-z_]*booking/);
  const elsewhere = { ...GIVEN, DATABASE_URL_BOOKING: 'postgresql://other/booking' };
  expect(serviceEnvironment(BOOKING, elsewhere).databaseUrl).toBe('postgresql://other/booking');
});

test('it listens on 127.0.0.1 by default', () => {
  expect(serviceEnvironment(BOOKING, GIVEN)).toMatchObject({ host: '127.0.0.1', port: 4103, rateLimits: true });
  expect(serviceEnvironment(BOOKING, { ...GIVEN, HOST: '0.0.0.0' }).host).toBe('0.0.0.0');
});

test.each(['PORT', 'DATABASE_URL', 'REDIS_URL', 'SERVICE_KEY_FILE', 'SERVICE_KEYS_FILE', 'JWKS_URL'])(
  'the error for a missing %s names it',
  (variable) => {
    expect(() => serviceEnvironment(BOOKING, { ...GIVEN, [variable]: undefined })).toThrow(variable);
  },
);

test('only the subgraph that signs tokens needs no JWKS_URL', () => {
  const accounts = { ...BOOKING, name: 'accounts', signsTokens: true };
  expect(serviceEnvironment(accounts, { ...GIVEN, JWKS_URL: undefined }).jwksUrl).toBeUndefined();
});

test('the error for an invalid value names the variable', () => {
  const wrong: [Record<string, string>, string][] = [
    [{ PORT: 'high' }, 'Set PORT'],
    [{ REDIS_URL: 'cache' }, 'Set REDIS_URL to a URL such as redis:'],
    [{ RATE_LIMITS: 'maybe' }, 'Set RATE_LIMITS'],
    [{ RATE_LIMITS: 'off', NODE_ENV: 'production' }, 'Unset it in production'],
  ];
  for (const [given, message] of wrong)
    expect(() => serviceEnvironment(BOOKING, { ...GIVEN, ...given })).toThrow(message);
});

test('each subgraph that it asks needs a URL', () => {
  const asking = { ...BOOKING, asks: ['catalog'] };
  const url = 'http://catalog/graphql';
  expect(serviceEnvironment(asking, { ...GIVEN, SUBGRAPH_URL_CATALOG: url }).subgraphUrls.get('catalog')).toBe(url);
  expect(() => serviceEnvironment(asking, GIVEN)).toThrow('Set SUBGRAPH_URL_CATALOG to a URL');
});

test('the variables of a subgraph’s settings start with its name', () => {
  const settings = z.object({
    holdSeconds: z.coerce.number().default(600),
    ticketSecret: secret(),
    sealKey: secretKey(),
  });
  const sealKey = Buffer.alloc(32, 7).toString('base64url');
  const variables = { BOOKING_TICKET_SECRET: 's'.repeat(32), BOOKING_SEAL_KEY: sealKey, HOLD_SECONDS: '1' };
  expect(readSettings('booking', settings, settingsIn({ name: 'booking', settings }, variables))).toEqual({
    holdSeconds: 600,
    ticketSecret: 's'.repeat(32),
    sealKey: new Uint8Array(32).fill(7),
  });
  const wrong = { BOOKING_TICKET_SECRET: 'short', BOOKING_SEAL_KEY: 'c2hvcnQ' };
  const read = () => readSettings('booking', settings, settingsIn({ name: 'booking', settings }, wrong));
  expect(read).toThrow(
    'Set BOOKING_TICKET_SECRET to a secret of at least 32 characters.\nSet BOOKING_SEAL_KEY to 32 bytes in base64url.',
  );
});

test('a setting that weakens the deployment is refused in production', () => {
  const url = loosened(z.string(), { isLoose: (value) => value.startsWith('http:'), why: 'is not encrypted' });
  const payments = { ...BOOKING, name: 'payments', settings: z.object({ url }) };
  const start = (variables: Record<string, string>) => () => serviceEnvironment(payments, { ...GIVEN, ...variables });
  expect(start({ NODE_ENV: 'production', PAYMENTS_URL: 'http://x' })).toThrow('PAYMENTS_URL is not encrypted. Unset');
  expect(start({ NODE_ENV: 'production', PAYMENTS_URL: 'https://x' })).not.toThrow();
  expect(start({ PAYMENTS_URL: 'http://x' })).not.toThrow();
});

test('zero is a valid setting', () => {
  const settings = z.object({ feePercent: z.coerce.number().default(6) });
  expect(readSettings('booking', settings, { feePercent: 0 })).toEqual({ feePercent: 0 });
  expect(readSettings('booking', settings, { feePercent: '' })).toEqual({ feePercent: 6 });
});
