import type { UsedOperation } from './usage.ts';

/** Stands for names, versions and operations beyond what is kept apart. */
export const OTHER = 'other';

/** Operations beyond what is kept apart: their coordinates are counted one by one. */
export const OTHER_OPERATION: UsedOperation = { hash: OTHER, name: OTHER, coordinates: [] };
