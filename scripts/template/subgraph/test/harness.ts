import { PrismaClient } from '@marquee/prisma-example-subgraph';
import { type Harness, openHarness, userCaller } from '@marquee/testkit/harness';

import { subgraph } from '../src/subgraph.ts';

/** The subgraph, its relay, consumer and jobs running. */
export function openExampleSubgraph(): Promise<Harness<PrismaClient>> {
  return openHarness(subgraph, PrismaClient);
}

export { userCaller as user };
