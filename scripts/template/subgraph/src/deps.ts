import type { PrismaClient } from '@marquee/prisma-example-subgraph';
import type { SubgraphRuntime } from '@marquee/subgraph';

import { SampleNoteRepository } from './adapters/sample-notes.ts';

/** The dependencies of use cases, resolvers, loaders, handlers and jobs. */
export interface Deps {
  readonly sampleNotes: SampleNoteRepository;
  readonly now: () => Date;
}

export function openDeps({ client, now }: SubgraphRuntime<PrismaClient, unknown>): Deps {
  return { sampleNotes: new SampleNoteRepository(client), now };
}
