import type { FastifyInstance } from 'fastify';

/** How often connections that have become idle are closed. */
const CLOSE_IDLE_MS = 25;

/**
 * Closes an HTTP server: requests in flight are answered, keep-alive connections are closed as they become idle, and what
 * is still open after `timeoutMs` is cut off.
 */
export async function closeGracefully(app: FastifyInstance, timeoutMs: number): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  const sweep = setInterval(() => {
    if (Date.now() < deadline) app.server.closeIdleConnections();
    else app.server.closeAllConnections();
  }, CLOSE_IDLE_MS);
  try {
    await app.close();
  } finally {
    clearInterval(sweep);
  }
}
