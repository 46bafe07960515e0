import { connect } from '@marquee/database';
import { PrismaClient } from '@marquee/prisma-feed';
import { testDatabase, whenDone } from '@marquee/testkit';
import { expect, test } from 'vitest';

import { recallOfHeldOut } from './held-out.ts';

const client = connect(PrismaClient, { url: (await testDatabase('feed')).url });
whenDone(() => client.$disconnect());

const SETTINGS = { seed: 7, people: 500, days: 10, heldOutDays: 4, titles: 120, sessionsPerWeek: 4, judged: 150 };

test('twelve suggestions hold more of what people look at next than the most popular titles; those for a stranger do not', async () => {
  const { suggested, popular, strangers } = await recallOfHeldOut(client, SETTINGS);
  expect(suggested).toBeGreaterThan(1.2 * popular);
  expect(strangers).toBeLessThan(1.2 * popular);
});
