import { setTimeout as pause } from 'node:timers/promises';

import type { Action } from './actions.ts';
import type { Outcome, Player } from './player.ts';

interface PlayOptions {
  readonly actions: readonly Action[];
  readonly player: Player;
  readonly until: number;
  readonly say: (action: Action, outcome: string) => void;
  readonly signal: AbortSignal;
}

/** Carries actions out at their times, without waiting for those before. @returns how many were answered by an error */
export async function play({ actions, player, until, say, signal }: PlayOptions): Promise<number> {
  const running: Promise<void>[] = [];
  let failed = 0;
  const carryOut = async (action: Action): Promise<void> => {
    const outcome: Outcome = await player.play(action).catch((error: unknown) => {
      failed += 1;
      return error instanceof Error ? error.message : String(error);
    });
    if (outcome !== null) say(action, outcome);
  };
  for (const action of actions.filter(({ at }) => at < until)) {
    await pause(Math.max(0, action.at - Date.now()), undefined, { signal }).catch(() => {});
    if (signal.aborted) break;
    running.push(carryOut(action));
  }
  await Promise.all(running);
  return failed;
}
