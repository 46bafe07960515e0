import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { sampleEvents, TYPE } from './sample.ts';
import { emit, openWorker, type World } from './world.ts';

const LOOK_MS = 10;
const PIPELINE_EVENTS = 500;

/** How fast events went. */
export interface Round {
  readonly what: string;
  readonly eventsPerSecond: number;
  /** Microseconds of processor for each event, in the processes that did it. */
  readonly workers: number;
  /** The same in Postgres and Redis. */
  readonly servers: number;
}

/** Publishes a full outbox. */
export async function relayRound(world: World, count: number, relays: number): Promise<Round> {
  await emit(world.database, sampleEvents(count));
  return timed(world, `outbox to stream, ${relays} relay${relays === 1 ? '' : 's'}`, count, {
    workers: await Promise.all(Array.from({ length: relays }, () => openWorker('relay', world))),
    isDone: async () => (await unpublished(world)) === 0,
  });
}

/** Has events that are published already handled: inbox, effect, acknowledgement. */
export async function consumerRound(world: World, count: number): Promise<Round> {
  const before = await effects(world);
  return timed(world, 'stream to effect, 1 consumer', count, {
    workers: [await openWorker('consumer', world)],
    isDone: async () => (await effects(world)) >= before + count,
  });
}

/** Emits, publishes and handles at once. */
export async function allRound(world: World, count: number): Promise<Round> {
  const before = await effects(world);
  const workers = await Promise.all([openWorker('relay', world), openWorker('consumer', world)]);
  return timed(world, 'commit to effect, all at once', count, {
    workers,
    meanwhile: () => emit(world.database, sampleEvents(count)),
    isDone: async () => (await effects(world)) >= before + count,
  });
}

/** The same rows and bytes without anything around them. */
export async function limitRounds(world: World, count: number): Promise<Round[]> {
  const { database, redisUrl } = world;
  const events = sampleEvents(count);
  const redis = new Redis(redisUrl);
  const xadd = async (): Promise<void> => {
    for (let start = 0; start < count; start += PIPELINE_EVENTS) {
      const pipeline = redis.pipeline();
      for (const event of events.slice(start, start + PIPELINE_EVENTS))
        pipeline.xadd('limit', '*', 'type', TYPE, 'key', event.key, 'id', event.id, 'event', JSON.stringify(event));
      await pipeline.exec();
    }
  };
  const rounds = [
    await measured(world, 'limit: INSERT into the outbox', count, () => emit(database, events)),
    await measured(world, 'limit: XADD in pipelines', count, xadd),
  ];
  redis.disconnect();
  return rounds;
}

interface Work {
  readonly workers: readonly Awaited<ReturnType<typeof openWorker>>[];
  readonly meanwhile?: () => Promise<void>;
  readonly isDone: () => Promise<boolean>;
}

async function timed(world: World, what: string, count: number, { workers, meanwhile, isDone }: Work): Promise<Round> {
  const before = world.processor();
  const startedAt = performance.now();
  for (const worker of workers) worker.start();
  await meanwhile?.();
  while (!(await isDone())) await pause(LOOK_MS);
  const seconds = (performance.now() - startedAt) / 1_000;
  const servers = ((world.processor() - before) / count) * 1e6;
  const used = await Promise.all(workers.map((worker) => worker.stop()));
  const own = (used.reduce((sum, each) => sum + each, 0) / count) * 1e6;
  return { what, eventsPerSecond: count / seconds, workers: own, servers };
}

async function measured(world: World, what: string, count: number, work: () => Promise<void>): Promise<Round> {
  const before = world.processor();
  const startedAt = performance.now();
  const cpuBefore = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(cpuBefore);
  const seconds = (performance.now() - startedAt) / 1_000;
  const servers = ((world.processor() - before) / count) * 1e6;
  return { what, eventsPerSecond: count / seconds, workers: (user + system) / count, servers };
}

async function unpublished({ database }: World): Promise<number> {
  const [row] = await database.$queryRaw<{ events: number }[]>`
    SELECT count(*)::int AS events FROM outbox_events WHERE published_at IS NULL`;
  return row?.events ?? 0;
}

async function effects({ database }: World): Promise<number> {
  const [row] = await database.$queryRaw<{ events: number }[]>`SELECT count(*)::int AS events FROM effects`;
  return row?.events ?? 0;
}
