import { readFileSync } from 'node:fs';
import { EnvironmentError, oneOf } from '@marquee/environment';
import { z } from 'zod';
import type { GivenSettings } from './settings.ts';

const ms = z.int().positive();
const count = z.int().positive();
const bytes = z.int().positive();
const part = z.number().min(0).max(1);

/** Settings that are also environment variables. */
export const choices = {
  safelist: oneOf('off', 'log', 'enforce'),
  accessLog: oneOf('info', 'debug', 'off'),
  executor: oneOf('compiled', 'stock'),
  authorization: oneOf('filter', 'reject', 'dry-run'),
};

const limits = z
  .strictObject({
    maxCharacters: count,
    maxTokens: count,
    maxDepth: count,
    maxAliases: z.int().nonnegative(),
    maxRootFields: count,
    maxFields: count,
    maxDefers: z.int().nonnegative(),
    maxValues: count,
    maxBatch: count,
  })
  .partial();

const subscriptions = z
  .strictObject({
    maxSockets: count,
    maxSocketsPerNetwork: count,
    maxSocketsPerCaller: count,
    maxSubscriptions: count,
    maxSubscriptionsPerNetwork: count,
    maxSubscriptionsPerCaller: count,
    maxSubscriptionsPerSocket: count,
    maxHeldBytes: bytes,
    maxHeldBytesPerNetwork: bytes,
    maxHeldBytesPerCaller: bytes,
    maxMessagesPerSecond: count,
    maxMessagesPerSecondPerNetwork: count,
    readTimeoutMs: ms,
    initTimeoutMs: ms,
    pingEveryMs: ms,
    tickMs: ms,
    maxBufferedBytes: bytes,
    maxUnsentBytes: bytes,
    maxQueuedEvents: count,
    maxPendingEvents: count,
    maxMessageBytes: bytes,
    reloadWindowMs: z.int().nonnegative(),
    reconnectForMs: z.int().nonnegative(),
    connectForMs: z.int().nonnegative(),
    reconnectDelayMs: ms,
    reconnectMaxDelayMs: ms,
    hydrationTimeoutMs: ms,
  })
  .partial();

const planning = z
  .strictObject({
    threads: count,
    memoryMb: z.int().min(64),
    maxWaiting: count,
    maxWaitingPerNetwork: count,
    waitMs: ms,
    jobMs: ms,
    refuseForMs: ms,
    budget: z.strictObject({ perCaller: count, perNetwork: count }),
  })
  .partial();

const guards = z
  .strictObject({
    singleFlight: z.boolean(),
    retry: z.union([z.literal(false), z.strictObject({ retries: count, baseDelayMs: ms }).partial()]),
    circuitBreaker: z.union([
      z.literal(false),
      z
        .strictObject({
          failurePercent: z.number().min(1).max(100),
          minRequests: count,
          windowMs: ms,
          probeAfterMs: ms,
        })
        .partial(),
    ]),
  })
  .partial();

const usage = z.strictObject({
  sample: z.number().positive().max(1),
  flushMs: ms,
  retentionDays: count,
  maxClients: count,
  maxVersions: count,
  maxOperations: count,
  maxCounters: count,
});

const settings = z
  .strictObject({
    path: z.string().regex(/^\/[\w/-]+$/, 'a path such as /graphql'),
    operationTimeoutMs: ms,
    drainMs: z.int().nonnegative(),
    maxBodyBytes: bytes,
    maxConnectionsPerNetwork: count,
    trustedProxies: z.int().nonnegative().max(10),
    trustTraceparent: z.boolean(),
    corsOrigins: z.array(z.union([z.literal('*'), z.url({ protocol: /^https?$/ })])),
    compression: z.union([z.literal(false), z.strictObject({ minBytes: bytes }).partial()]),
    limits,
    subscriptions,
    planning,
    guards,
    persistedQueries: z.union([
      z.literal(false),
      z.strictObject({ newPerMinutePerNetwork: count, newPerMinute: count }).partial(),
    ]),
    rateLimits: z.union([
      z.literal(false),
      z.strictObject({ perCaller: count, perAnonymous: count, perNetwork: count, webhooksPerNetwork: count }).partial(),
    ]),
    cost: z.union([
      z.literal(false),
      z
        .strictObject({
          max: count,
          perPoint: count,
          sampleRate: part,
          listSize: count,
          mutationField: z.int().nonnegative(),
        })
        .partial(),
    ]),
    usage: z.union([z.literal(false), usage.partial()]),
    ...choices,
  })
  .partial();

/**
 * Reads a JSON file of gateway settings.
 *
 * @throws {EnvironmentError} naming the file and each unknown or invalid setting
 */
export function readSettingsFile(path: string): GivenSettings {
  let given: unknown;
  try {
    given = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new EnvironmentError(`Set GATEWAY_SETTINGS to a JSON file: ${path}: ${(cause as Error).message}`, { cause });
  }
  const { data, error } = settings.safeParse(given);
  if (!data) throw new EnvironmentError(`Correct the settings in ${path}:\n${z.prettifyError(error)}`);
  return data as GivenSettings;
}
