import { PrismaClient } from '@marquee/prisma-feed';
import { type Harness, type HarnessOptions, openHarness } from '@marquee/testkit/harness';

import { subgraph } from '../src/subgraph.ts';

export { userCaller as user } from '@marquee/testkit/harness';

/** The subgraph, its consumer not started. */
export function openFeed(options: Partial<HarnessOptions> = {}): Promise<Harness<PrismaClient>> {
  return openHarness(subgraph, PrismaClient, { start: false, ...options });
}
