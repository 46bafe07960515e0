import { createHistogram } from 'node:perf_hooks';
import { Pool } from 'undici';

/** The latencies of a bystander in ms, from the time at which a request was due. */
export interface Felt {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  readonly answered: number;
  readonly failed: number;
}

const RATE = 50;
const NETWORK = '198.51.100.77';
const BODY = JSON.stringify({ query: '{ cities(first: 5) { edges { node { id name } } } }' });
const HEADERS = { 'content-type': 'application/json', 'x-forwarded-for': NETWORK };

/** Sends a known small query at a steady rate, from a network of its own. */
export async function feel(endpoint: string, seconds: number): Promise<Felt> {
  const { origin, pathname } = new URL(endpoint);
  const pool = new Pool(origin, { connections: 16 });
  const histogram = createHistogram({ lowest: 1, highest: 120_000_000, figures: 3 });
  let failed = 0;
  const ask = async (dueAt: number): Promise<void> => {
    try {
      const { body } = await pool.request({ path: pathname, method: 'POST', headers: HEADERS, body: BODY });
      const { errors } = (await body.json()) as { errors?: unknown };
      if (errors !== undefined) failed++;
      histogram.record(Math.max(1, Math.round((performance.now() - dueAt) * 1_000)));
    } catch {
      failed++;
    }
  };
  const asked: Promise<void>[] = [];
  const startedAt = performance.now();
  for (let sent = 0; sent < seconds * RATE; sent++) {
    const dueAt = startedAt + (sent * 1_000) / RATE;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, dueAt - performance.now())));
    asked.push(ask(dueAt));
  }
  await Promise.all(asked);
  await pool.destroy();
  const [p50 = 0, p99 = 0] = [50, 99].map((percentile) => histogram.percentile(percentile) / 1_000);
  return { p50, p99, max: histogram.max / 1_000, answered: histogram.count - failed, failed };
}
