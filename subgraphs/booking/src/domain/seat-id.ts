import { badInput, type CodedError } from '@marquee/errors';

import { isStandingPlace } from './standing-place.ts';

/** A seat of a show, by the layout's id of it, which other shows on the same screen share. */
export interface SeatKey {
  readonly showId: string;
  readonly id: string;
}

/** No show's id has one. */
const SEPARATOR = '-';
/** The argument in which most mutations take seats. */
const SEAT_IDS = 'input.seatIds';

/** The id by which clients know a seat of a show, so that their caches keep the shows on one screen apart. */
export function publicSeatId({ showId, id }: SeatKey): string {
  return `${showId}${SEPARATOR}${id}`;
}

/**
 * The layout's id of a seat that a client chose.
 *
 * @throws {CodedError} BAD_USER_INPUT for a seat of another show, and for a standing place
 */
export function layoutSeatId(showId: string, chosenId: string, field = SEAT_IDS): string {
  const prefix = `${showId}${SEPARATOR}`;
  if (!chosenId.startsWith(prefix)) throw seatOfAnotherShow(field);
  const id = chosenId.slice(prefix.length);
  if (isStandingPlace(id)) throw badInput(field, 'Standing places have no seats to choose: hold a number of them.');
  return id;
}

/** A seat was chosen that the show does not have. */
export function seatOfAnotherShow(field = SEAT_IDS): CodedError {
  return badInput(field, 'Choose seats of this show.');
}
