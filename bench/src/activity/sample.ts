import { randomUUID } from 'node:crypto';

const STEPS = ['title_view', 'show_view', 'seat_map_view', 'title_view', 'search', 'checkout_start'] as const;
/** Events of a visit. */
const VISIT = 12;
const TITLES = 500;
/** Over which visits are spread. */
const DAY_MS = 24 * 60 * 60 * 1_000;

/** An event, as a client sends it. */
export interface SampleEvent {
  readonly id: string;
  readonly name: string;
  readonly at: string;
  readonly visitorId: string;
  readonly cityId: string;
  readonly titleId: string;
  readonly showId?: string;
  readonly searchText?: string;
}

const pick = (count: number): number => Math.floor(Math.random() * count);

/** A batch of events of people who each look around for some minutes. */
export function sampleBatch(size: number): SampleEvent[] {
  const events: SampleEvent[] = [];
  while (events.length < size) {
    const visitorId = randomUUID();
    const cityId = ['cty_lon', 'cty_ams', 'cty_ber'][pick(3)] as string;
    const titleId = `ttl_${String(pick(TITLES)).padStart(32, '0')}`;
    const from = Date.now() - 600_000 - pick(DAY_MS);
    const depth = 2 + pick(STEPS.length - 1);
    for (let step = 0; step < VISIT && events.length < size; step += 1) {
      const name = STEPS[step % depth] as string;
      const at = new Date(from + step * 20_000).toISOString();
      const event = { id: randomUUID(), name, at, visitorId, cityId, titleId };
      const more = name === 'search' ? { searchText: 'the big lebowski' } : {};
      const show = name === 'seat_map_view' ? { showId: `lon_shw_${String(pick(10_000)).padStart(32, '0')}` } : {};
      events.push({ ...event, ...more, ...show });
    }
  }
  return events;
}
