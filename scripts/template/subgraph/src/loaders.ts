import { byId } from '@marquee/subgraph';
import type DataLoader from 'dataloader';

import type { Deps } from './deps.ts';
import type { SampleNote } from './domain/sample-note.ts';

export interface Loaders {
  readonly sampleNotes: DataLoader<string, SampleNote | null>;
}

export function loaders({ sampleNotes }: Pick<Deps, 'sampleNotes'>): Loaders {
  return { sampleNotes: byId((ids) => sampleNotes.findMany(ids)) };
}
