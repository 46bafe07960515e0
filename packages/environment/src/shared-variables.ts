import { z } from 'zod';

import { EnvironmentError } from './read-environment.ts';
import { file, oneOf, port } from './values.ts';

/** By default a server accepts connections from this machine only. */
export const listening = { HOST: z.string().default('127.0.0.1') };

/** The port that OpenTelemetry's exporters for Prometheus use. */
export const DEFAULT_METRICS_PORT = 9464;

/** The port of metrics, which is not for clients: by default only this machine reaches it. */
export const metricsListening = {
  METRICS_PORT: port.default(DEFAULT_METRICS_PORT),
  METRICS_HOST: z.string().default('127.0.0.1'),
};

export const logging = { LOG_LEVEL: oneOf('debug', 'info', 'warn', 'error', 'silent').default('info') };

/** A service's own private keys, and the public keys of all services: `npm run service-keys` makes both. */
export const serviceKeyFiles = {
  SERVICE_KEY_FILE: file.describe('the file of this service’s private keys, which npm run service-keys makes'),
  SERVICE_KEYS_FILE: file.describe('the file of all services’ public keys, which npm run service-keys makes'),
};

export const rateLimiting = { RATE_LIMITS: oneOf('on', 'off').default('on'), NODE_ENV: z.string().optional() };

/** @throws {EnvironmentError} when rate limits are off in production */
export function areRateLimitsOn({ RATE_LIMITS, NODE_ENV }: { RATE_LIMITS: string; NODE_ENV?: string | undefined }) {
  if (RATE_LIMITS === 'off' && NODE_ENV === 'production')
    throw new EnvironmentError('RATE_LIMITS=off is for load tests. Unset it in production.');
  return RATE_LIMITS === 'on';
}
