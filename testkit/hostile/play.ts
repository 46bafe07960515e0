import type { World } from '../faults/world.ts';
import type { Tally, Target } from './attacks/index.ts';
import type { Bystander, Felt } from './bystander.ts';
import type { Case } from './cases.ts';

/** A row of the summary. */
export interface Outcome {
  readonly attack: string;
  /** The attacker's gains. */
  readonly got: string;
  readonly felt: Felt;
  readonly violations: readonly string[];
}

/** Lets the bystander work alone. */
export async function playAlone(bystander: Bystander, seconds: number): Promise<Outcome> {
  const felt = await bystander.work(AbortSignal.timeout(seconds * 1_000));
  return { attack: '(none)', got: '', felt, violations: harm(felt) };
}

/** Attacks with a bystander beside it, and checks what must be true. */
export async function play(
  world: World,
  { attack, allowed, most = {}, kept }: Case,
  { target, bystander, seconds }: { target: Target; bystander: Bystander; seconds: number },
): Promise<Outcome> {
  const before = (await kept?.(world, target)) ?? {};
  const signal = AbortSignal.timeout(seconds * 1_000);
  const [tally, felt] = await Promise.all([attack.run(target, signal), bystander.work(signal)]);
  const after = (await kept?.(world, target)) ?? {};
  const left = Object.entries(after).map(([what, amount]) => [what, amount - (before[what] ?? 0)] as const);
  const got = [...left.map(([what, amount]) => `${what} ${amount}`), String(tally)].join(', ');
  const limits = typeof most === 'function' ? most(seconds / 60) : most;
  const violations = [...breaches(tally, allowed, limits, new Map(left)), ...harm(felt)];
  return { attack: attack.name, got, felt, violations };
}

function breaches(
  tally: Tally,
  allowed: readonly string[],
  most: Readonly<Record<string, number>>,
  left: ReadonlyMap<string, number>,
): string[] {
  const unexpected = tally.outcomes.filter((outcome) => outcome !== 'RATE_LIMITED' && !allowed.includes(outcome));
  const amounts = Object.entries(most).map(([what, max]) => [what, max, left.get(what) ?? tally.of(what)] as const);
  return [
    ...(tally.outcomes.length === 0 ? ['the attack did nothing'] : []),
    ...unexpected.map((outcome) => `${outcome} was answered ${tally.of(outcome)} times`),
    ...amounts
      .filter(([, max, amount]) => !(amount <= max))
      .map(([what, max, amount]) => `${what}: ${amount}, at most ${max}`),
  ];
}

/** Time is printed and not judged: it depends on the machine. */
function harm({ answered, events, errors }: Felt): string[] {
  return [
    ...[...new Set(errors)].map((error) => `the bystander felt: ${error}`),
    ...(answered === 0 ? ['the bystander got no answer'] : []),
    ...(events === 0 ? ['the bystander got no event'] : []),
  ];
}
