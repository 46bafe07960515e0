import { expect, test } from 'vitest';
import { z } from 'zod';

import {
  areRateLimitsOn,
  EnvironmentError,
  listening,
  logging,
  port,
  postgresUrl,
  rateLimiting,
  readEnvironment,
  redisUrl,
  variableFor,
} from '../src/index.ts';

test('variables are read by their schemas, and empty ones count as unset', () => {
  const shape = { ...listening, ...logging, PORT: port, REDIS_URL: redisUrl.optional(), NAME: z.string().optional() };
  expect(readEnvironment(shape, { PORT: '4103', REDIS_URL: '', LOG_LEVEL: '', UNKNOWN: 'x' })).toEqual({
    HOST: '127.0.0.1',
    LOG_LEVEL: 'info',
    PORT: 4103,
  });
});

test('the error lists every missing or invalid variable, and what to set', () => {
  const shape = { PORT: port.default(4000), REDIS_URL: redisUrl, DATABASE_URL: postgresUrl.optional(), ...logging };
  const read = () => readEnvironment(shape, { PORT: 'high', DATABASE_URL: 'mysql://db', LOG_LEVEL: 'loud' });
  expect(read).toThrow(
    new EnvironmentError(
      [
        'Set PORT to a port from 0 to 65535.',
        'Set REDIS_URL to a URL such as redis://127.0.0.1:6379.',
        'Set DATABASE_URL to a URL such as postgresql://user:password@127.0.0.1:5432/postgres.',
        'Set LOG_LEVEL to one of debug, info, warn, error, silent.',
      ].join('\n'),
    ),
  );
});

test('the error does not repeat an invalid value, which may hold a password', () => {
  expect(() => readEnvironment({ REDIS_URL: redisUrl }, { REDIS_URL: 'http://:hunter2@cache' })).toThrow(
    /^(?!.*hunter2)/,
  );
});

test('rate limits can be turned off, but not in production', () => {
  const areRateLimitsEnabled = (variables: Record<string, string>) =>
    areRateLimitsOn(readEnvironment(rateLimiting, variables));
  expect([
    areRateLimitsEnabled({}),
    areRateLimitsEnabled({ RATE_LIMITS: 'on', NODE_ENV: 'production' }),
    areRateLimitsEnabled({ RATE_LIMITS: 'off' }),
  ]).toEqual([true, true, false]);
  expect(() => areRateLimitsEnabled({ RATE_LIMITS: 'off', NODE_ENV: 'production' })).toThrow(EnvironmentError);
});

test('the variable of a service ends with its name', () => {
  expect(variableFor('DATABASE_URL', 'sandbox-provider')).toBe('DATABASE_URL_SANDBOX_PROVIDER');
});
