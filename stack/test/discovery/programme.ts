/** A programme long enough that sections of the feed have places for ads. */
import { query } from '../server-process.ts';
import type { World } from '../people/world.ts';

const HOUR_MS = 3_600_000;
const NAMES = [
  ...['Harbour Lights', 'Cold Harbour', 'Paper Moons', 'A Winter Crossing', 'The Glass Orchard', 'Night Ferry'],
  ...['Small Hours', 'Salt and Iron', 'The Cartographer', 'Second Chorus', 'Under the Viaduct', 'Last Tram Home'],
];

/** Schedules a show of each film on the world's screen, the days after its own. */
export async function openProgramme(world: World): Promise<void> {
  const [screen] = (await query(world.marketplace.databaseUrl('catalog'), 'SELECT id FROM screens LIMIT 1')) as {
    id: string;
  }[];
  const film = { kind: 'MOVIE', description: 'A film.', languages: ['en'], genres: ['Drama'], durationMinutes: 95 };
  const schedule = async (name: string, index: number): Promise<void> => {
    const { createTitle } = await world.send('partner', 'CreateTitle', { input: { ...film, name } });
    const { title } = createTitle as { title: { id: string } };
    const input = {
      ...{ titleId: title.id, screenId: screen?.id, language: 'en', format: '2D' },
      startsAt: [new Date(Date.now() + (24 * 8 + 3 * index) * HOUR_MS).toISOString()],
      tierPrices: [{ tierName: 'Standard', price: { amount: 1_250, currency: 'GBP' } }],
    };
    await world.send('partner', 'ScheduleShows', { input });
  };
  await Promise.all(NAMES.map(schedule));
}
