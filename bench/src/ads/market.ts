import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureDatabase, migrate } from '../../../packages/database/src/index.ts';
import { startPostgres, startReaper, startRedis } from '../../../packages/servers/src/index.ts';
import { queryDatabase } from '../../../testkit/faults/query-database.ts';
import { arePinned, processorSeconds } from '../processes/pinned-process.ts';
import type { Held } from './worker-main.ts';

export const CITIES = 20;
export const VIEWERS = 100_000;
const CAMPAIGNS = 1_000;
const ORGANISATIONS = 200;
/** Of contenders, and of their Postgres. */
const CORE = '0';

/** The work of a contender, and the processor of its Postgres. */
export interface Round extends Held {
  readonly postgres: number;
}

/** A market with campaigns in every city, for contenders that each get the one core in turn. */
export interface Market {
  hold(contender: string, seconds: number): Promise<Round>;
  stop(): Promise<void>;
}

export async function openMarket(): Promise<Market> {
  const reaper = startReaper();
  const folder = mkdtempSync(join(tmpdir(), 'marquee-bench-ads-'));
  const folders = [join(folder, 'postgres'), join('/var/tmp', `${folder.slice(folder.lastIndexOf('/') + 1)}-postgres`)];
  const postgres = await startPostgres({ folders, settings: {}, reaper });
  const redis = await startRedis({ folder: join(folder, 'redis'), durable: false, reaper });
  for (const each of [folder, postgres.folder]) reaper.remove(each);
  if (arePinned) execFileSync('taskset', ['-a', '-cp', CORE, String(postgres.pid)]);
  const databaseUrl = Object.assign(new URL(postgres.url), { pathname: '/ads' }).href;
  await ensureDatabase(databaseUrl);
  await migrate({ url: databaseUrl, folder: new URL('../../../prisma/ads', import.meta.url) });
  return {
    hold: async (contender, seconds) => {
      await fill(databaseUrl);
      const file = new URL('worker-main.ts', import.meta.url).pathname;
      const child = fork(file, [contender, databaseUrl, redis.url], { execArgv: ['--import', 'tsx'] });
      await once(child, 'message');
      if (arePinned) execFileSync('taskset', ['-a', '-cp', CORE, String(child.pid)]);
      const during = async (length: number): Promise<Round> => {
        const before = processorSeconds(postgres.pid);
        child.send(length);
        const [held] = (await once(child, 'message')) as [Held];
        return { ...held, postgres: processorSeconds(postgres.pid) - before };
      };
      await during(2);
      const round = await during(seconds);
      child.kill('SIGKILL');
      await once(child, 'exit');
      return round;
    },
    stop: async () => {
      await Promise.all([postgres.stop(), redis.stop()]);
      for (const each of [folder, postgres.folder]) rmSync(each, { recursive: true, force: true });
      reaper.dismiss();
    },
  };
}

/** The same campaigns for each: every one in three cities, with a frequency cap. */
async function fill(databaseUrl: string): Promise<void> {
  await queryDatabase(
    databaseUrl,
    `TRUNCATE placements, campaign_views, campaign_days, settlements, campaigns;
     INSERT INTO campaigns (id, organisation_id, name, title_id, headline, image_url, city_ids, currency, budget, daily_cap,
       bid_per_thousand, frequency_cap, time_zone, starts_at, ends_at, state, created_by, created_at, day)
     SELECT 'cmp_' || n, 'org_' || n % ${ORGANISATIONS}, n, 'ttl_' || n, 'The film of the year',
       'https://images.example.com/film.jpg', ARRAY['cty_' || n % ${CITIES}, 'cty_' || (n + 7) % ${CITIES}, 'cty_' || (n + 13) % ${CITIES}],
       'EUR', 100000000000, 1000000000, 100 + n, 20, 'UTC', now() - interval '1 day', now() + interval '1 day', 'ACTIVE',
       'usr_bench', now(), current_date
     FROM generate_series(1, ${CAMPAIGNS}) AS n`,
  );
}
