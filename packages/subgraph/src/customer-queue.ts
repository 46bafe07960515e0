import { rateLimited } from '@marquee/errors';
import { FairQueue } from '@marquee/fair-queue';
import { counterIn, type Instruments, type Registry } from '@marquee/telemetry';

/** Half of the pool's connections; more at once do not get more done. */
const BOUNDS = { workers: 5, maxRunningPerSource: 1, maxWaiting: 1_000, maxWaitingPerSource: 32 };
/** Also for tests of the locks in the database. */
const UNBOUNDED = { workers: Infinity, maxWaiting: Infinity, maxWaitingPerSource: Infinity };
const RETRY_AFTER_SECONDS = 1;

/**
 * The queue of work that locks its customer in the database, in which customers take turns. Without rate limits all run
 * at once.
 *
 * Such work of one customer waits for each other, each with a connection, so a customer who sends much of it would take
 * every connection, and everybody else would wait. Here it waits without one.
 *
 * @param name of the work, in `marquee_<name>_refused_total`
 */
export function customerQueue(
  { rateLimits, instruments: { metrics } }: { readonly rateLimits: boolean; readonly instruments: Instruments },
  name: string,
): FairQueue {
  return new FairQueue({
    ...(rateLimits ? BOUNDS : UNBOUNDED),
    refusal: () => rateLimited(RETRY_AFTER_SECONDS, 'You have sent too many requests at once. Try again in a moment.'),
    onRefused: metrics && countRefusals(metrics, name),
  });
}

function countRefusals(metrics: Registry, name: string): () => void {
  const help = 'Requests refused because too many waited for their customer';
  const refused = counterIn(metrics, { name: `marquee_${name}_refused_total`, help });
  return () => refused.inc();
}
