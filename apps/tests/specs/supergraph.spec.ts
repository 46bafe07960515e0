import { readFileSync, renameSync, writeFileSync } from 'node:fs';

import { expect, test } from '../harness/fixtures.ts';
import { openHall } from '../harness/halls.ts';
import { register } from '../harness/people.ts';
import { currentRun } from '../harness/run.ts';
import { expectSeat, HELD, openSeatMap } from '../harness/seat-map.ts';
import { freeSeats, hold } from '../harness/shows.ts';

test('an open seat map goes on when the gateway takes a new supergraph', async ({ anonymous }) => {
  const { origin, supergraphFile } = currentRun();
  const { showId } = await openHall({ rows: 5, seatsPerRow: 10 });
  const page = await anonymous();
  await openSeatMap(page, showId);

  const mark = `In a new supergraph of ${new Date().toISOString()}`;
  const supergraph = readFileSync(supergraphFile, 'utf8');
  replaceFile(supergraphFile, supergraph.replace(/"""[^"]*"""(\s+seatMap: SeatMap)/, `"""${mark}"""$1`));
  await expect(async () => {
    const response = await fetch(`${origin}/schema.graphql`);
    expect(await response.text()).toContain(mark);
  }).toPass({ timeout: 30_000 });

  const [seat] = await freeSeats(showId, 1);
  if (!seat) throw new Error('The hall is full.');
  await hold(await register(), showId, [seat]);
  await expectSeat(page, seat, HELD);
  await page.reload();
  await expectSeat(page, seat, HELD);
});

/** Replaces a file at once, as a deployment does, so that nobody reads a half of it. */
function replaceFile(file: string, text: string): void {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}
