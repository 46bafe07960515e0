import { rateLimited } from '@marquee/errors';
import { FairQueue } from '@marquee/fair-queue';
import { counterIn, type Registry } from '@marquee/telemetry';

/** Half of the pool's connections; more claims at once do not make more sales. */
const BOUNDS = { workers: 5, maxRunningPerSource: 1, maxWaiting: 1_000, maxWaitingPerSource: 32 };
const UNBOUNDED = { workers: Infinity, maxWaiting: Infinity, maxWaitingPerSource: Infinity };
const RETRY_AFTER_SECONDS = 1;

export interface HoldQueueOptions {
  /** False lets all claim at once, for tests of the database and load tests. */
  readonly bounded: boolean;
  readonly metrics?: Registry | undefined;
}

/**
 * The queue of claims, in which customers take turns.
 *
 * The claims of one customer wait for each other in the database, each with a connection, so a customer who sends many
 * would take every connection, and everybody else would wait. Here they wait without one.
 */
export function holdQueue({ bounded, metrics }: HoldQueueOptions): FairQueue {
  return new FairQueue({
    ...(bounded ? BOUNDS : UNBOUNDED),
    refusal: () => rateLimited(RETRY_AFTER_SECONDS, 'Too many seats are asked for at once. Try again in a moment.'),
    onRefused: metrics && countRefusals(metrics),
  });
}

function countRefusals(metrics: Registry): () => void {
  const help = 'Claims of seats not made because too many waited';
  const refused = counterIn(metrics, { name: 'marquee_seat_claims_refused_total', help });
  return () => refused.inc();
}
