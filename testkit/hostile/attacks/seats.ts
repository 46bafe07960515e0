import { randomUUID } from 'node:crypto';

import { type Attack, repeat } from './attack.ts';
import { Tally } from './tally.ts';
import { post } from './transports.ts';

const AT_ONCE = 5;
const LOOPS = 6;
const HOLD = 'mutation ($input: HoldSeatsInput!) { holdSeats(input: $input) { __typename } }';

/** One account that holds all seats of a show, a few at a time, again and again. */
export const houseBlock: Attack = {
  name: 'house-block',
  run: ({ attacker, show }, signal) =>
    repeat(new Tally(), signal, LOOPS, (time) => {
      const first = (time * AT_ONCE) % show.seatIds.length;
      const seatIds = show.seatIds.slice(first, first + AT_ONCE);
      const input = { showId: show.id, seatIds, idempotencyKey: randomUUID() };
      return post(attacker, { query: HOLD, variables: { input } });
    }),
};
