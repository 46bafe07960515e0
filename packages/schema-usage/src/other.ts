import type { UsedOperation } from './usage.ts';

/** The name for clients, versions and operations beyond the limits. */
export const OTHER = 'other';

/** Stands for operations beyond the limits, whose coordinates are counted individually. */
export const OTHER_OPERATION: UsedOperation = { hash: OTHER, name: OTHER, coordinates: [] };
