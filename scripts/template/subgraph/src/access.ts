import { ownerOr } from '@marquee/subgraph';

import type { SampleNote } from './domain/sample-note.ts';

/** Its owner, and support to read. */
export const owner = ownerOr('users:read', ({ ownerId }: SampleNote) => ownerId);
