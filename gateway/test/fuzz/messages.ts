import type { GeneratedOperation } from '../differential/operations.ts';
import type { Difference } from './compare.ts';

/** Sent by the process of one supergraph. */
export type Message =
  | { readonly kind: 'started'; readonly seed: number; readonly operation: GeneratedOperation }
  | ({ readonly kind: 'different'; readonly seed: number; readonly operation: GeneratedOperation } & Difference);
