/**
 * Places of sections where people stand. They are sold by count, so none exists before it is taken; the id that it is
 * given then says which section it is of.
 */
import { newId } from '@marquee/subgraph/ids';

/** Begins the id of every standing place and of no seat, so that statements may leave standing places out. */
const PREFIX = '~';
const PLACE_ID = /^~(.+)\.(\d+)\.[^.]+\.(\d+)$/;

export const isStandingPlace = (seatId: string): boolean => seatId.startsWith(PREFIX);

/** Ids of new places in a section. @param section its index in the layout */
export function newStandingPlaces(layoutId: string, section: number, count: number): string[] {
  const once = newId('std');
  return Array.from({ length: count }, (_, index) => `${PREFIX}${layoutId}.${section}.${once}.${index + 1}`);
}

/** The section and the number of a standing place; null for the id of a seat or of another layout. */
export function readStandingPlace(layoutId: string, id: string): { section: number; number: number } | null {
  const [, layout, section, number] = PLACE_ID.exec(id) ?? [];
  return layout === layoutId ? { section: Number(section), number: Number(number) } : null;
}
