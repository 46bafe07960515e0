import { endIntent, intentKey } from './intent.ts';
import { problemOf } from './problem.ts';

/** While the first request with the key is still running. */
const PAUSE_MS = 1_000;
const MAX_PAUSES = 15;

/**
 * Sends a mutation that moves seats or money under the key of its intent until the answer is known: what is sent again
 * after a lost answer or a reload is the same request, and nothing happens twice.
 *
 * @param name of the intent, such as `pay:<booking's id>`
 * @param input with which it is sent; another input is another intent
 * @param send with the key; throws what the operation failed with
 */
export async function runIntent<Answer>(
  name: string,
  input: unknown,
  send: (idempotencyKey: string) => Promise<Answer>,
  pause: () => Promise<void> = () => new Promise((resolve) => setTimeout(resolve, PAUSE_MS)),
): Promise<Answer> {
  for (let pauses = 0; ; pauses += 1) {
    try {
      const answer = await send(await intentKey(name, input));
      endIntent(name);
      return answer;
    } catch (error) {
      const { code } = problemOf(error);
      if (code === 'IDEMPOTENCY_KEY_REUSED' && pauses === 0) endIntent(name);
      else if (code === 'IDEMPOTENCY_IN_PROGRESS' && pauses < MAX_PAUSES) await pause();
      else throw error;
    }
  }
}
