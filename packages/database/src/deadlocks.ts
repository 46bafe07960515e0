import { postgresFailure } from './violations.ts';

const DEADLOCK_DETECTED = '40P01';
const MAX_ATTEMPTS = 5;

/**
 * Retries work that Postgres aborted to break a deadlock, and so rolled back.
 *
 * Locking rows in one order makes deadlocks rare, not impossible.
 *
 * @param work one statement, or one whole transaction
 */
export async function retryOnDeadlock<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === MAX_ATTEMPTS || postgresFailure(error)?.code !== DEADLOCK_DETECTED) throw error;
    }
  }
}
