import type { Registry } from 'prom-client';

import type { Tracer } from './spans.ts';

/** The tracer and the metrics registry of a component; it records nothing to those that are absent. */
export interface Instruments {
  readonly tracer?: Tracer | undefined;
  readonly metrics?: Registry | undefined;
}
