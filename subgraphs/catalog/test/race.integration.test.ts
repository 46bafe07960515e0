import { connect } from '@marquee/database';
import { PrismaClient } from '@marquee/prisma-catalog';
import { testDatabase } from '@marquee/testkit';
import { expect, test } from 'vitest';

import { answer, CREATE_VENUE, houseOf, SCHEDULE_SHOWS, scheduleInput, venueInput } from './operations.ts';
import { catalogStage, partner, type Stage } from './stage.ts';

const PARTNERS = 12;

/** Many want the screen at overlapping times, all at once, each for two shows. */
async function race(stage: Stage) {
  const { owner, title, screen } = await houseOf(stage);
  const answers = await Promise.all(
    Array.from({ length: PARTNERS }, (_, index) => {
      const minute = String(index).padStart(2, '0');
      const startsAt = [`2027-03-05T14:${minute}:00.000Z`, `2027-03-05T19:${minute}:00.000Z`];
      return answer(stage, SCHEDULE_SHOWS, scheduleInput(title.id, screen.id, { startsAt }), owner);
    }),
  );
  const stored = await stage.database.show.findMany({ where: { screenId: screen.id }, orderBy: { startsAt: 'asc' } });
  const overlaps = stored.filter(({ startsAt }, index) => {
    const previous = stored[index - 1];
    return previous !== undefined && previous.screenFreeAt > startsAt;
  });
  const typenames = answers.map(({ __typename }) => __typename);
  return { answers, typenames, stored, overlaps: overlaps.length, told: await stage.told('catalog.shows-scheduled') };
}

const of = (typenames: readonly string[], name: string): number => typenames.filter((one) => one === name).length;

test('when 12 race for overlapping times on a screen, one gets both shows and the others learn which are in the way', async () => {
  const { answers, typenames, stored, overlaps, told } = await race(await catalogStage());
  expect(of(typenames, 'ScheduleShowsPayload')).toBe(1);
  expect(of(typenames, 'ScreenConflictError')).toBe(PARTNERS - 1);
  expect(stored).toHaveLength(2);
  expect(overlaps).toBe(0);
  expect(told).toHaveLength(1);
  const ids = stored.map(({ id }) => id);
  for (const { conflictingShow } of answers.filter(({ __typename }) => __typename === 'ScreenConflictError')) {
    expect(ids).toContain(conflictingShow.id);
  }
});

test('control: without the exclusion constraints the same race gives the screen away many times', async () => {
  const { url } = await testDatabase('catalog');
  const database = connect(PrismaClient, { url });
  await database.$executeRaw`DO $$ BEGIN
    FOR remainder IN 0..7 LOOP
      EXECUTE format('ALTER TABLE %I DROP CONSTRAINT %I', 'shows_p' || remainder, 'shows_p' || remainder || '_screen_free');
    END LOOP;
  END $$`;
  await database.$disconnect();
  const { overlaps } = await race(await catalogStage({ url }));
  expect(overlaps).toBeGreaterThan(0);
});

test('when two open the same venue at once, one does and the other learns of it', async () => {
  const stage = await catalogStage();

  const answers = await Promise.all([1, 2, 3, 4].map(() => answer(stage, CREATE_VENUE, venueInput(), partner())));
  const typenames = answers.map(({ __typename }) => __typename);
  expect(of(typenames, 'CreateVenuePayload')).toBe(1);
  expect(of(typenames, 'VenueExistsError')).toBe(3);
  expect(await stage.database.venue.count()).toBe(1);
  expect(await stage.told('catalog.layout-published')).toHaveLength(2);
});
