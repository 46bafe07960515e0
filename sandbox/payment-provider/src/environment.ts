import { z } from 'zod';

const secret = z.string().min(16);

const environment = z.object({
  HOST: z.string().default('127.0.0.1'),
  SANDBOX_PROVIDER_PORT: z.coerce.number().int().min(0).max(65_535).default(4_100),
  /** The server; the provider's own database on it is made when missing. */
  DATABASE_URL: z.url().optional(),
  DATABASE_URL_SANDBOX_PROVIDER: z.url().optional(),
  SANDBOX_PROVIDER_API_KEY: secret,
  SANDBOX_PROVIDER_WEBHOOK_URL: z.url(),
  SANDBOX_PROVIDER_WEBHOOK_SECRET: secret,
  SANDBOX_PROVIDER_PUBLIC_URL: z.url().optional(),
  LOG_LEVEL: z.string().default('info'),
});

/**
 * Reads the settings of a provider that runs on its own.
 *
 * @throws {z.ZodError} naming the variables that are missing or make no sense
 */
export function settingsFrom(variables: Readonly<Record<string, string | undefined>>) {
  const given = environment
    .refine((read) => read.DATABASE_URL ?? read.DATABASE_URL_SANDBOX_PROVIDER, 'Set DATABASE_URL')
    .parse(variables);
  return {
    host: given.HOST,
    port: given.SANDBOX_PROVIDER_PORT,
    serverUrl: given.DATABASE_URL ?? '',
    databaseUrl: given.DATABASE_URL_SANDBOX_PROVIDER,
    apiKey: given.SANDBOX_PROVIDER_API_KEY,
    webhook: { url: given.SANDBOX_PROVIDER_WEBHOOK_URL, secret: given.SANDBOX_PROVIDER_WEBHOOK_SECRET },
    publicUrl: given.SANDBOX_PROVIDER_PUBLIC_URL,
    logLevel: given.LOG_LEVEL,
  };
}
