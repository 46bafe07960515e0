import { randomUUID } from 'node:crypto';

import { type Attack, repeat } from './attack.ts';
import { Tally } from './tally.ts';
import { answerOf, outcomesOf, post } from './transports.ts';

const AT_ONCE = 5;
const LOOPS = 6;
const HOLD =
  'mutation ($input: HoldSeatsInput!) { holdSeats(input: $input) { __typename ... on HoldSeatsPayload { hold { id } } } }';
const BOOK = 'mutation ($input: CreateBookingInput!) { createBooking(input: $input) { __typename } }';

/** One account that holds all seats of a show, a few at a time, again and again, and books what it holds. */
export const houseBlock: Attack = {
  name: 'house-block',
  run: ({ attacker, show }, signal) =>
    repeat(new Tally(), signal, LOOPS, async (time) => {
      const first = (time * AT_ONCE) % show.seatIds.length;
      const seatIds = show.seatIds.slice(first, first + AT_ONCE);
      const input = { showId: show.id, seatIds, idempotencyKey: randomUUID() };
      const [answer] = await answerOf(attacker, { query: HOLD, variables: { input } });
      const holdId = (answer as Held).data?.holdSeats?.hold?.id;
      const booking = { query: BOOK, variables: { input: { holdId, idempotencyKey: randomUUID() } } };
      return [...outcomesOf(answer), ...(holdId === undefined ? [] : await post(attacker, booking))];
    }),
};

interface Held {
  readonly data?: { readonly holdSeats?: { readonly hold?: { readonly id: string } } | null };
}
