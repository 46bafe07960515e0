import { setTimeout as pause } from 'node:timers/promises';

import type { Tally } from './tally.ts';
import type { Sender } from './transports.ts';

/** Where an attack goes. */
export interface Target {
  readonly endpoint: string;
  /** Who attacks: a network, and an account that is signed in. */
  readonly attacker: Sender & { readonly userId: string; readonly email: string; readonly password: string };
  /** Somebody else's account. */
  readonly victimEmail: string;
  /** A show with free seats. */
  readonly show: { readonly id: string; readonly seatIds: readonly string[] };
}

/** An amplification attack: little effort for much harm. The attacker knows the public schema and has one account. */
export interface Attack {
  readonly name: string;
  /** Attacks until the signal aborts, waits for what it began, and leaves nothing open. */
  run(target: Target, signal: AbortSignal): Promise<Tally>;
}

/** Whoever is not signed in, in the attacker's network. */
export function anonymous({ attacker }: Target): Sender {
  return { endpoint: attacker.endpoint, network: attacker.network };
}

const RETRY_MS = 5;

/** Repeats an operation in so many loops at once until the signal aborts, and adds up its outcomes. */
export async function repeat(
  tally: Tally,
  signal: AbortSignal,
  loops: number,
  send: (time: number) => Promise<readonly string[]>,
): Promise<Tally> {
  let time = 0;
  const loop = async (): Promise<void> => {
    while (!signal.aborted) {
      time += 1;
      tally.add(await send(time).catch((error: unknown) => [cutOff(error)]));
      await pause(RETRY_MS);
    }
  };
  await Promise.all(Array.from({ length: loops }, loop));
  return tally;
}

function cutOff(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return `CUT OFF ${(cause as { code?: string }).code ?? String(cause)}`;
}
