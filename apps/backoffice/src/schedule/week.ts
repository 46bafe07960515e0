import { addDays, dayOf } from '../time/dates.ts';
import type { ScheduledShow } from './use-schedule.ts';

export const DAYS_OF_WEEK = 7;

/** The days of a week from its first. */
export function daysFrom(from: string): readonly string[] {
  return Array.from({ length: DAYS_OF_WEEK }, (_, index) => addDays(from, index));
}

type Placed = Pick<ScheduledShow, 'startsAt'> & { readonly screen: { readonly id: string } };

/** Shows by screen and day. */
export function byScreenAndDay<Show extends Placed>(shows: readonly Show[], timeZone: string) {
  const cells = new Map<string, Show[]>();
  for (const show of shows) {
    const key = cellKey(show.screen.id, dayOf(show.startsAt, timeZone));
    cells.set(key, [...(cells.get(key) ?? []), show]);
  }
  return (screenId: string, day: string): readonly Show[] => cells.get(cellKey(screenId, day)) ?? [];
}

function cellKey(screenId: string, day: string): string {
  return `${screenId} ${day}`;
}

/** The share of places that are sold, 0 to 100. */
export function soldPercent({ sold, total }: { readonly sold: number; readonly total: number }): number {
  return total === 0 ? 0 : Math.round((sold / total) * 100);
}
