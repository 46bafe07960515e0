import type { PrismaClient } from '@marquee/prisma-example-subgraph';
import type { SubgraphRuntime } from '@marquee/subgraph';

import { SampleNoteRepository } from './adapters/sample-notes.ts';

/** What use cases, loaders and handlers are given. */
export interface Deps {
  readonly sampleNotes: SampleNoteRepository;
  readonly now: () => Date;
}

export function openDeps({ client, now }: SubgraphRuntime<PrismaClient, unknown>): Deps {
  return { sampleNotes: new SampleNoteRepository(client), now };
}
