import type { FastifyInstance } from 'fastify';

/** The parts a deployable cannot work without; each check rejects when its part cannot be reached. */
export type Readiness = Readonly<Record<string, () => Promise<void>>>;

interface PartState {
  readonly ok: boolean;
  readonly ms: number;
}

/** A part that takes longer than this counts as not ready, ms. */
const CHECK_TIMEOUT_MS = 2_000;

/** `/healthz`: the process answers. `/readyz`: it can serve; 503 names the parts that it is missing. */
export function healthRoutes(app: FastifyInstance, parts: () => Readiness, isStopping: () => boolean): void {
  app.get('/healthz', async () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    const checks = Object.entries(parts());
    const states = await Promise.all(checks.map(([, check]) => stateOf(check)));
    const isReady = states.every(({ ok }) => ok) && !isStopping();
    const byName = Object.fromEntries(checks.map(([name], index) => [name, states[index]]));
    return reply
      .code(isReady ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status: isReady ? 'ready' : 'not ready', parts: byName });
  });
}

async function stateOf(check: () => Promise<void>): Promise<PartState> {
  const startedAt = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('too late')), CHECK_TIMEOUT_MS);
  });
  const ok = await Promise.race([Promise.resolve().then(check), tooLate]).then(
    () => true,
    () => false,
  );
  clearTimeout(timer);
  return { ok, ms: Math.round(performance.now() - startedAt) };
}
