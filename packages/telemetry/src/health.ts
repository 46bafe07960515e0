import type { FastifyInstance } from 'fastify';

/** Checks of what a deployable depends on, by name; a check rejects when its dependency is unreachable. */
export type Readiness = Readonly<Record<string, () => Promise<void>>>;

interface CheckResult {
  readonly ok: boolean;
  readonly ms: number;
}

/** Whether a deployable can serve, and the state of each dependency, which is for operators alone. */
export interface ReadinessReport {
  readonly status: 'ready' | 'not ready';
  readonly parts: Readonly<Record<string, CheckResult>>;
}

export type CheckReadiness = () => Promise<ReadinessReport>;

/** A dependency that takes longer to answer counts as not ready. */
const CHECK_TIMEOUT_MS = 2_000;

/** Checks all dependencies. Callers at the same time share one check, so that a flood of them does not become one of queries. */
export function readinessCheck(parts: () => Readiness, isStopping: () => boolean): CheckReadiness {
  let running: Promise<ReadinessReport> | undefined;
  const check = async (): Promise<ReadinessReport> => {
    const checks = Object.entries(parts());
    const results = await Promise.all(checks.map(async ([name, run]) => [name, await runCheck(run)] as const));
    const isReady = results.every(([, { ok }]) => ok) && !isStopping();
    return { status: isReady ? 'ready' : 'not ready', parts: Object.fromEntries(results) };
  };
  return () =>
    (running ??= check().finally(() => {
      running = undefined;
    }));
}

/** Serves `/healthz` (the process is alive) and `/readyz` (it can serve, else 503), which tell nothing more. */
export function healthRoutes(app: FastifyInstance, checkReadiness: CheckReadiness): void {
  app.get('/healthz', async () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    const { status } = await checkReadiness();
    return reply
      .code(status === 'ready' ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status });
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
