import { connect } from '@marquee/database';
import { PrismaClient } from '@marquee/prisma-catalog';
import { testDatabase } from '@marquee/testkit';
import { expect, test } from 'vitest';

import { mutate, CREATE_VENUE, createFixture, SCHEDULE_SHOWS, scheduleInput, venueInput } from './operations.ts';
import { openCatalog, partner, type CatalogHarness } from './harness.ts';

const REQUESTS = 12;

/** Concurrent requests for overlapping times on a screen, each for two shows. */
async function race(harness: CatalogHarness) {
  const { owner, title, screen } = await createFixture(harness);
  const answers = await Promise.all(
    Array.from({ length: REQUESTS }, (_, index) => {
      const minute = String(index).padStart(2, '0');
      const startsAt = [`2027-03-05T14:${minute}:00.000Z`, `2027-03-05T19:${minute}:00.000Z`];
      return mutate(harness, SCHEDULE_SHOWS, scheduleInput(title.id, screen.id, { startsAt }), owner);
    }),
  );
  const stored = await harness.database.show.findMany({ where: { screenId: screen.id }, orderBy: { startsAt: 'asc' } });
  const overlaps = stored.filter(({ startsAt }, index) => {
    const previous = stored[index - 1];
    return previous !== undefined && previous.screenFreeAt > startsAt;
  });
  const typenames = answers.map(({ __typename }) => __typename);
  return {
    answers,
    typenames,
    stored,
    overlaps: overlaps.length,
    emitted: await harness.emitted('catalog.shows-scheduled'),
  };
}

const count = (typenames: readonly string[], name: string): number => typenames.filter((one) => one === name).length;

test('of 12 concurrent requests for overlapping times on a screen one succeeds, the others learn which show conflicts', async () => {
  const { answers, typenames, stored, overlaps, emitted } = await race(await openCatalog());
  expect(count(typenames, 'ScheduleShowsPayload')).toBe(1);
  expect(count(typenames, 'ScreenConflictError')).toBe(REQUESTS - 1);
  expect(stored).toHaveLength(2);
  expect(overlaps).toBe(0);
  expect(emitted).toHaveLength(1);
  const ids = stored.map(({ id }) => id);
  for (const { conflictingShow } of answers.filter(({ __typename }) => __typename === 'ScreenConflictError')) {
    expect(ids).toContain(conflictingShow.id);
  }
});

test('control: without the exclusion constraints the same race double-books the screen', async () => {
  const { url } = await testDatabase('catalog');
  const database = connect(PrismaClient, { url });
  await database.$executeRaw`DO $$ BEGIN
    FOR remainder IN 0..7 LOOP
      EXECUTE format('ALTER TABLE %I DROP CONSTRAINT %I', 'shows_p' || remainder, 'shows_p' || remainder || '_screen_free');
    END LOOP;
  END $$`;
  await database.$disconnect();
  const { overlaps } = await race(await openCatalog({ databaseUrl: url }));
  expect(overlaps).toBeGreaterThan(0);
});

test('of four concurrent requests to open the same venue one succeeds, the others learn that it exists', async () => {
  const harness = await openCatalog();

  const answers = await Promise.all([1, 2, 3, 4].map(() => mutate(harness, CREATE_VENUE, venueInput(), partner())));
  const typenames = answers.map(({ __typename }) => __typename);
  expect(count(typenames, 'CreateVenuePayload')).toBe(1);
  expect(count(typenames, 'VenueExistsError')).toBe(3);
  expect(await harness.database.venue.count()).toBe(1);
  expect(await harness.emitted('catalog.layout-published')).toHaveLength(2);
});
