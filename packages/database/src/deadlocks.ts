import { postgresFailure } from './violations.ts';

const DEADLOCK = '40P01';
const TRIES = 5;

/**
 * Does work again that Postgres ended, since it and others waited for each other: nothing of it was done.
 *
 * Statements that lock in one order make that rare, not impossible.
 *
 * @param work one statement, or one whole transaction
 */
export async function untilNoDeadlock<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (tries === TRIES || postgresFailure(error)?.code !== DEADLOCK) throw error;
    }
  }
}
