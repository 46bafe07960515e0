import * as attacks from '../../../testkit/hostile/attacks/index.ts';

/** The attacks that the gateway meets, whatever is behind it; `npm run test:hostile` plays all. */
export const ATTACKS: readonly attacks.Attack[] = [
  attacks.uniqueOperations,
  attacks.respelled,
  attacks.wideBatch,
  attacks.longLists,
  attacks.persistedQueries,
  attacks.largeLiterals,
  attacks.longIds,
  attacks.manySockets,
  attacks.pings,
  attacks.nonsense,
  attacks.bodies,
];

export interface AttackOptions {
  readonly name: string;
  readonly target: attacks.Target;
  readonly seconds: number;
}

/** @returns what the attacker got */
export async function runAttack({ name, target, seconds }: AttackOptions): Promise<string> {
  const attack = ATTACKS.find((each) => each.name === name);
  if (attack === undefined) throw new Error(`There is no attack ${name}`);
  return String(await attack.run(target, AbortSignal.timeout(seconds * 1_000)));
}
