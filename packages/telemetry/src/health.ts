import type { FastifyInstance } from 'fastify';

/** Checks of what a deployable depends on, by name; a check rejects when its dependency is unreachable. */
export type Readiness = Readonly<Record<string, () => Promise<void>>>;

interface CheckResult {
  readonly ok: boolean;
  readonly ms: number;
}

/** A dependency that takes longer to answer counts as not ready. */
const CHECK_TIMEOUT_MS = 2_000;

/** Serves `/healthz` (the process is alive) and `/readyz` (it can serve; 503 names the failing dependencies). */
export function healthRoutes(app: FastifyInstance, parts: () => Readiness, isStopping: () => boolean): void {
  app.get('/healthz', async () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    const checks = Object.entries(parts());
    const states = await Promise.all(checks.map(([, check]) => runCheck(check)));
    const isReady = states.every(({ ok }) => ok) && !isStopping();
    const byName = Object.fromEntries(checks.map(([name], index) => [name, states[index]]));
    return reply
      .code(isReady ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status: isReady ? 'ready' : 'not ready', parts: byName });
  });
}

async function runCheck(check: () => Promise<void>): Promise<CheckResult> {
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
