import { dayNumber, weekday } from './calendar.ts';
import type { LiveEvent, LiveKind } from './live-events.ts';
import { pick, pickOne } from './pick.ts';
import type { SeedScreen } from './places.ts';
import { MATINEE_ENDS, MATINEE_FACTOR, type Slot } from './slot.ts';

/** Kinds of events and their start times by weekday, from Sunday. */
const PLAYHOUSE_WEEK: readonly (readonly (readonly [LiveKind, number])[])[] = [
  [['comedy', 19 * 60]],
  [['concert', 20 * 60]],
  [['theatre', 19 * 60 + 30]],
  [['theatre', 19 * 60 + 30]],
  [['theatre', 19 * 60 + 30]],
  [['theatre', 19 * 60 + 30]],
  [
    ['theatre', 14 * 60],
    ['theatre', 19 * 60 + 30],
  ],
];
const ARENA_WEEK: typeof PLAYHOUSE_WEEK = [
  [['sport', 15 * 60]],
  [],
  [['comedy', 20 * 60]],
  [['concert', 20 * 60]],
  [['sport', 18 * 60 + 30]],
  [['concert', 20 * 60]],
  [['concert', 20 * 60]],
];

/** The live events of a playhouse or an arena on a day. */
export function liveSlots(screen: SeedScreen, day: string, live: readonly LiveEvent[]): Slot[] {
  const { id } = screen.screen;
  // Weeks start on Monday.
  const week = Math.floor((dayNumber(day) + 3) / 7);
  const kinds = (screen.use === 'arena' ? ARENA_WEEK : PLAYHOUSE_WEEK)[weekday(day)] ?? [];
  return kinds.map(([kind, minutes]) => {
    // A play runs for three weeks, anything else for one evening.
    const run = kind === 'theatre' ? Math.floor(week / 3) : dayNumber(day);
    const { title } = pickOne(
      live.filter((event) => event.kind === kind),
      id,
      run,
      kind,
    );
    const language = title.languages[0] ?? 'English';
    const highDemand = kind === 'concert' && pick(3, id, run) === 0;
    const priceFactor =
      { concert: 1.3, theatre: 1, comedy: 0.7, sport: 0.9 }[kind] * (minutes < MATINEE_ENDS ? MATINEE_FACTOR : 1);
    return { title, language, format: 'Live', highDemand, minutes, priceFactor };
  });
}
