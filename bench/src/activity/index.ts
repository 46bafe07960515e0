import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Pool } from 'undici';
import { freePort } from '../../../packages/servers/src/index.ts';
import { ReportRepository } from '../../../subgraphs/activity/src/adapters/reports.ts';
import { atLeast, below, type BenchmarkOptions, machine } from '../benchmark.ts';
import { openWorld, type World } from '../events/world.ts';
import { table, targetsText } from '../report.ts';
import { sampleBatch } from './sample.ts';

const BATCH = 500;
const CONNECTIONS = 8;
const FULL = { batches: 1_000, copies: 9, funnels: 7 };
const QUICK = { batches: 100, copies: 9, funnels: 3 };
const MILLION = 1_000_000;
const DAY_MS = 24 * 60 * 60 * 1_000;

const TRACK = 'mutation ($events: [TrackEventInput!]!) { trackEvents(events: $events) { accepted duplicates } }';
const STEPS = ['title_view', 'show_view', 'seat_map_view', 'search', 'checkout_start'];

/** Events a second that were accepted, and that were loaded. */
interface Intake {
  readonly accepted: number;
  readonly loaded: number;
  /** Microseconds of processor an event, until it is loaded: of the subgraph, and of Postgres. */
  readonly subgraphMicros: number;
  readonly postgresMicros: number;
}

/** Measures how fast events are taken in, what they take on disk, and how long a funnel takes. */
export async function run({ json, quick }: BenchmarkOptions): Promise<void> {
  const { batches, copies, funnels } = quick ? QUICK : FULL;
  const world = await openWorld('activity');
  const folder = mkdtempSync(join(tmpdir(), 'marquee-bench-activity-'));
  const worker = await startWorker(world, folder);
  try {
    const useCase = await intake({ world, worker, batches }, () => worker.track(batches));
    const http = await intake({ world, worker, batches }, () => trackOverHttp(worker.url, batches));
    const bytes = await bytesAMillion(world, 2 * batches * BATCH);
    await worker.stop();
    const events = await multiplySessions(world, copies);
    const funnel = await funnelSeconds(world, funnels);
    const targets = [
      atLeast('events a second through the use case', useCase.accepted, 20_000),
      atLeast('events a second over HTTP', http.accepted, 20_000),
      below('gigabytes a million events', bytes / 1e9, 0.3),
      below(`funnel of ${STEPS.length} steps over ${events / MILLION} million events, s`, funnel, 1),
    ];
    const rows = [
      ['events a second', 'accepted', 'loaded', 'subgraph, µs/event', 'Postgres, µs/event'],
      ['use case', ...Object.values(useCase)],
      ['HTTP', ...Object.values(http)],
    ];
    const all = { benchmark: 'activity', machine: machine(), useCase, http, bytes, events, funnel, targets };
    console.log(json ? JSON.stringify(all, null, 2) : `${table(rows)}\n\n${targetsText(targets)}`);
    if (targets.some(({ isMet }) => !isMet)) process.exitCode = 1;
  } finally {
    await worker.stop();
    await world.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Measured {
  readonly world: World;
  readonly worker: Awaited<ReturnType<typeof startWorker>>;
  readonly batches: number;
}

/** @param accept sends batches. @returns how many seconds it took until they were accepted */
async function intake({ world, worker, batches }: Measured, accept: () => Promise<number>): Promise<Intake> {
  const { database } = world;
  const events = batches * BATCH;
  const count = async (): Promise<number> => {
    const [row] = await database.$queryRaw<{ events: number }[]>`
      SELECT coalesce(sum(events), 0)::int AS events FROM event_minutes`;
    return row?.events ?? 0;
  };
  const before = await count();
  const [subgraph, postgres] = [await worker.processor(), world.processor()];
  const startedAt = performance.now();
  const seconds = await accept();
  const preparing = (performance.now() - startedAt) / 1_000 - seconds;
  while ((await count()) < before + events) await pause(100);
  const loading = (performance.now() - startedAt) / 1_000 - preparing;
  console.error(`${events} events: accepted in ${seconds.toFixed(1)} s, loaded in ${loading.toFixed(1)} s`);
  const micros = (spent: number): number => (spent / events) * 1e6;
  return {
    ...{ accepted: events / seconds, loaded: events / loading },
    subgraphMicros: micros((await worker.processor()) - subgraph),
    postgresMicros: micros(world.processor() - postgres),
  };
}

async function trackOverHttp(url: string, batches: number): Promise<number> {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections: CONNECTIONS });
  const bodies = Array.from({ length: batches }, () =>
    Buffer.from(JSON.stringify({ query: TRACK, variables: { events: sampleBatch(BATCH) } })),
  );
  const startedAt = performance.now();
  const client = async (): Promise<void> => {
    for (let body = bodies.pop(); body; body = bodies.pop()) {
      const headers = { 'content-type': 'application/json' };
      const response = await pool.request({ path: pathname, method: 'POST', headers, body });
      const answer = await response.body.text();
      if (!answer.includes(`"accepted":${BATCH}`)) throw new Error(`A batch was not accepted: ${answer}`);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, client));
  const seconds = (performance.now() - startedAt) / 1_000;
  await pool.close();
  return seconds;
}

/** Bytes of a million events in tables and indexes, but for events of the outbox, which are deleted when all have them. */
async function bytesAMillion({ database }: World, events: number): Promise<number> {
  const rows = await database.$queryRaw<{ name: string; bytes: number }[]>`
    SELECT regexp_replace(relname, '_\\d{8}$', '') AS name, sum(pg_total_relation_size(pg_class.oid))::float8 AS bytes
    FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
      AND relname NOT IN ('outbox_events', 'unacknowledged_events')
    GROUP BY 1 HAVING sum(pg_total_relation_size(pg_class.oid)) > 1000000 ORDER BY 2 DESC`;
  for (const { name, bytes } of rows) console.error(`${name}: ${Math.round(bytes / events)} bytes an event`);
  return (rows.reduce((sum, { bytes }) => sum + bytes, 0) / events) * MILLION;
}

/** Adds copies of the sessions on days before, of other visitors: loading so many events would take ten minutes. */
async function multiplySessions({ database }: World, copies: number): Promise<number> {
  await database.$executeRaw`
    INSERT INTO sessions (visitor, started_at, last_at, events, city_code, city_mark, marks, path)
    SELECT gen_random_uuid(), started_at - day * interval '1 day', last_at - day * interval '1 day', events, city_code,
      city_mark, marks, path
    FROM sessions, generate_series(1, ${copies}::int) AS day`;
  await database.$executeRaw`VACUUM ANALYZE sessions`;
  const [row] = await database.$queryRaw<{ events: number }[]>`SELECT sum(events)::int AS events FROM sessions`;
  return row?.events ?? 0;
}

/** The median over some runs. */
async function funnelSeconds({ database }: World, runs: number): Promise<number> {
  const reports = new ReportRepository(database);
  const [from, to] = [new Date(Date.now() - 60 * DAY_MS), new Date()];
  const times: number[] = [];
  for (let time = 0; time < runs; time += 1) {
    const startedAt = performance.now();
    const visitors = await reports.funnel({ from, to, steps: STEPS, cityCode: null });
    times.push((performance.now() - startedAt) / 1_000);
    if (time === 0) console.error(`funnel: ${visitors.join(', ')}`);
  }
  console.error(`funnels: ${times.map((each) => `${each.toFixed(2)} s`).join(', ')}`);
  return times.toSorted((a, b) => a - b)[runs >> 1] ?? Number.NaN;
}

async function startWorker({ databaseUrl, redisUrl }: World, folder: string) {
  const file = new URL('worker-main.ts', import.meta.url);
  const child = fork(file.pathname, [databaseUrl, redisUrl, folder, String(await freePort())], {
    execArgv: ['--import', 'tsx'],
  });
  const ended = once(child, 'exit').then(() => Promise.reject(new Error('The subgraph ended.')));
  ended.catch(() => undefined);
  const [{ url }] = (await Promise.race([once(child, 'message'), ended])) as [{ url: string }];
  return {
    url,
    track: async (batches: number): Promise<number> => {
      child.send({ track: batches });
      const [{ seconds }] = (await Promise.race([once(child, 'message'), ended])) as [{ seconds: number }];
      return seconds;
    },
    processor: async (): Promise<number> => {
      child.send({});
      const [{ user, system }] = (await Promise.race([once(child, 'message'), ended])) as [NodeJS.CpuUsage];
      return (user + system) / 1e6;
    },
    stop: async (): Promise<void> => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}
