import { type EntityReference, ownerOnly } from '@marquee/subgraph';

/** What people look at and search for is theirs alone: no role reads it. */
export const oneself = ownerOnly(({ id }: EntityReference) => id);
