import type { SqlDatabase } from '@marquee/database';

import type { CatalogCopy, KnownShow } from '../domain/ports.ts';
import { CatalogueRepository } from './catalogue.ts';
import { ScheduleRepository } from './schedule.ts';

/** A new database is compared once the events of its first minutes have come; a comparison that fails, soon again. */
const FIRST_AFTER = '5 minutes';
const AGAIN_AFTER = '10 minutes';
const EVERY = '1 day';

/** Writes what catalog knows as its events would. */
export function catalogCopyIn(client: SqlDatabase): CatalogCopy {
  return {
    claim: async () => {
      const claimed = await client.$queryRaw<{ isDue: boolean }[]>`
        INSERT INTO catch_ups AS catch_up (source, due_at) VALUES ('catalog', now() + ${FIRST_AFTER}::interval)
        ON CONFLICT (source) DO UPDATE SET due_at = now() + ${AGAIN_AFTER}::interval WHERE catch_up.due_at <= now()
        RETURNING xmax <> 0 AS "isDue"`;
      return claimed[0]?.isDue ?? false;
    },
    saveTitles: (page) => client.$sqlTransaction((tx) => new CatalogueRepository(tx).saveTitles(page)),
    saveVenues: (page) => client.$sqlTransaction((tx) => new CatalogueRepository(tx).saveVenues(page)),
    saveShows: (page) =>
      client.$sqlTransaction(async (tx) => {
        const schedule = new ScheduleRepository(tx);
        await new CatalogueRepository(tx).nameThose(page);
        await schedule.schedule(page);
        await schedule.change(page.flatMap(changes));
        await schedule.cancel(page.filter(({ cancelled }) => cancelled));
      }),
    finish: async () => {
      await client.$executeRaw`UPDATE catch_ups SET due_at = now() + ${EVERY}::interval WHERE source = 'catalog'`;
    },
  };
}

const changes = ({ shows, showId, cityCode, version }: KnownShow) =>
  shows.map(({ startsAt }) => ({ showId, cityCode, version, startsAt }));
