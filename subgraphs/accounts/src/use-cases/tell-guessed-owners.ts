import type { Attempts } from '../domain/ports.ts';

/**
 * Tells owners whose password or second factor is being guessed. A job, so that a login takes the same time whether or
 * not there is somebody to tell.
 */
export async function tellGuessedOwners({
  attempts,
  now,
}: {
  readonly attempts: Attempts;
  readonly now: () => Date;
}): Promise<void> {
  await attempts.tellOwners(now());
}
