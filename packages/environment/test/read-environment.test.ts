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

test('variables are read by their schemas; empty ones count as not set', () => {
  const shape = { ...listening, ...logging, PORT: port, REDIS_URL: redisUrl.optional(), NAME: z.string().optional() };
  expect(readEnvironment(shape, { PORT: '4103', REDIS_URL: '', LOG_LEVEL: '', UNKNOWN: 'x' })).toEqual({
    HOST: '127.0.0.1',
    LOG_LEVEL: 'info',
    PORT: 4103,
  });
});

test('all that is missing or wrong is told at once, with what to set', () => {
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

test('a refused value is not repeated, for it may hold a password', () => {
  expect(() => readEnvironment({ REDIS_URL: redisUrl }, { REDIS_URL: 'http://:hunter2@cache' })).toThrow(
    /^(?!.*hunter2)/,
  );
});

test('rate limits are on unless lifted, which production refuses', () => {
  const areOn = (variables: Record<string, string>) => areRateLimitsOn(readEnvironment(rateLimiting, variables));
  expect([areOn({}), areOn({ RATE_LIMITS: 'on', NODE_ENV: 'production' }), areOn({ RATE_LIMITS: 'off' })]).toEqual([
    true,
    true,
    false,
  ]);
  expect(() => areOn({ RATE_LIMITS: 'off', NODE_ENV: 'production' })).toThrow(EnvironmentError);
});

test('a variable of one part carries its name', () => {
  expect(variableFor('DATABASE_URL', 'sandbox-provider')).toBe('DATABASE_URL_SANDBOX_PROVIDER');
});
