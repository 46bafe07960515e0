import type { FastifyInstance } from 'fastify';

/** Connections that finish their request meanwhile are closed this often, ms. */
const SWEEP_MS = 25;

/**
 * Closes an HTTP server: what runs is answered, kept-alive connections are closed as they become idle, and whatever is
 * open after `patienceMs` is cut.
 */
export async function drain(app: FastifyInstance, patienceMs: number): Promise<void> {
  const deadline = Date.now() + patienceMs;
  const sweep = setInterval(() => {
    if (Date.now() < deadline) app.server.closeIdleConnections();
    else app.server.closeAllConnections();
  }, SWEEP_MS);
  try {
    await app.close();
  } finally {
    clearInterval(sweep);
  }
}
