import type { Registry } from 'prom-client';

import type { Tracer } from './spans.ts';

/** What a part of the system tells of itself beside its log; without them it tells nothing. */
export interface Instruments {
  readonly tracer?: Tracer | undefined;
  readonly metrics?: Registry | undefined;
}
