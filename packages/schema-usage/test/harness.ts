import { randomBytes } from 'node:crypto';
import { testRedis } from '@marquee/testkit';
import { Redis } from 'ioredis';
import { onTestFinished } from 'vitest';
import {
  DEFAULT_RECORDING,
  type RecordingSettings,
  redisUsage,
  redisUsageWriter,
  type UsageCount,
  type UsageRecord,
  UsageRecorder,
  type UsedOperation,
} from '../src/index.ts';

export const SEARCH: UsedOperation = {
  hash: 'a1',
  name: 'Search',
  coordinates: ['Query.search', 'Query.search(text:)', 'Movie.name'],
};
export const HOLD: UsedOperation = { hash: 'b2', name: 'Hold', coordinates: ['Mutation.hold', 'SeatHold.id'] };

export const NOON = new Date('2026-11-24T12:00:00Z');
export const OCTOBER = new Date('2026-10-01T00:00:00Z');

export const daysBefore = (days: number, at = NOON) => new Date(at.getTime() - days * 86_400_000);

/** A usage store in a Redis namespace of its own, with a writer and a recorder. */
export function openHarness() {
  const { url } = testRedis();
  const namespace = `test-${randomBytes(5).toString('hex')}`;
  const redis = new Redis(url);
  const usage = redisUsage({ url, namespace });
  const writer = redisUsageWriter({ redis, namespace, retentionDays: 30 });
  onTestFinished(async () => {
    await usage.close();
    await redis.quit();
  });
  return {
    url,
    namespace,
    redis,
    usage,
    writer,
    write: (count: Partial<UsageCount>, at = NOON) =>
      writer.write([{ operation: SEARCH, client: 'storefront', version: '1.0', count: 1, ...count }], at),
    recorder: (
      settings: Partial<RecordingSettings> & { knownClients?: readonly string[] } = {},
      options: { random?: () => number; now?: () => number } = {},
    ) => recorder(writer, settings, options),
  };
}

export function recorder(
  writer: ReturnType<typeof redisUsageWriter>,
  { knownClients = [], ...settings }: Partial<RecordingSettings> & { knownClients?: readonly string[] },
  { random = () => 0, now = () => NOON.getTime() }: { random?: () => number; now?: () => number },
) {
  const failures: unknown[] = [];
  let others = 0;
  const made = new UsageRecorder({
    writer,
    settings: { ...DEFAULT_RECORDING, flushMs: 3_600_000, ...settings },
    knownClients,
    now,
    random,
    onFailure: (error) => failures.push(error),
    onOther: () => others++,
  });
  onTestFinished(() => void made.stop());
  return Object.assign(made, { failures, others: () => others });
}

/** The records as sorted lines: `coordinate client version operation count`. */
export function lines(records: readonly UsageRecord[]): string[] {
  return records
    .map(({ coordinate, client, version, operation, count }) =>
      [coordinate, client, version, operation, count].join(' '),
    )
    .toSorted();
}
