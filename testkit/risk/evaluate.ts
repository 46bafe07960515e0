import { ATTACKER_KINDS, type AttackerKind } from '@marquee/traffic';

import type { Thresholds } from '../../subgraphs/activity/src/domain/risk/level.ts';
import type { Replayed, ReplayedPerson } from './replay.ts';

/** How well attackers are told from honest people, counted by people. */
export interface Figures {
  readonly honest: number;
  readonly attackers: number;
  /** Of those for whom a case is opened, the share of attackers. */
  readonly precision: number;
  /** The share of attackers for whom a case is opened. */
  readonly recall: number;
  /** The same where the threshold is such that 1 % of honest people are above it. */
  readonly recallAtOnePercent: number;
  readonly thresholdAtOnePercent: number;
  readonly recallByKind: Readonly<Partial<Record<AttackerKind, number>>>;
  readonly recallByKindAtOnePercent: Readonly<Partial<Record<AttackerKind, number>>>;
  /** Bookings of honest people. */
  readonly purchases: number;
  /** The share of them made by somebody at any level of risk, and at one that challenges or blocks. */
  readonly hurt: number;
  readonly stopped: number;
  /** The share of clicks that are left out: of click farms, and of honest people. */
  readonly farmedClicksFound: number;
  readonly honestClicksLost: number;
  readonly scoresPerSecond: number;
}

const FALSE_ALARMS = 0.01;

export function evaluate(replayed: Replayed, { openCase }: Thresholds): Figures {
  const people = [...replayed.people.values()];
  const honest = people.filter(({ actor }) => !actor.isAttacker);
  const attackers = people.filter(({ actor }) => actor.isAttacker);
  const thresholdAtOnePercent = quantile(
    honest.map(({ score }) => score),
    1 - FALSE_ALARMS,
  );
  const above = (threshold: number) => (of: readonly ReplayedPerson[]) => share(of, ({ score }) => score >= threshold);
  const atOnePercent = (of: readonly ReplayedPerson[]) => share(of, ({ score }) => score > thresholdAtOnePercent);
  const alarms = people.filter(({ score }) => score >= openCase);
  const { honestPurchases, honestClicks, farmedClicks, scores, scoringMs } = replayed;
  return {
    ...{ honest: honest.length, attackers: attackers.length, thresholdAtOnePercent },
    precision: share(alarms, ({ actor }) => actor.isAttacker),
    recall: above(openCase)(attackers),
    recallAtOnePercent: atOnePercent(attackers),
    recallByKind: byKind(attackers, above(openCase)),
    recallByKindAtOnePercent: byKind(attackers, atOnePercent),
    purchases: honestPurchases.length,
    hurt: share(honestPurchases, ({ level }) => level !== 'NONE'),
    stopped: share(honestPurchases, ({ level }) => level === 'CHALLENGE' || level === 'BLOCK'),
    farmedClicksFound: farmedClicks.suspicious / Math.max(1, farmedClicks.tracked),
    honestClicksLost: honestClicks.suspicious / Math.max(1, honestClicks.tracked),
    scoresPerSecond: (scores / Math.max(1, scoringMs)) * 1_000,
  };
}

function byKind(
  attackers: readonly ReplayedPerson[],
  figure: (of: readonly ReplayedPerson[]) => number,
): Partial<Record<AttackerKind, number>> {
  const found = ATTACKER_KINDS.map((kind) => [kind, attackers.filter(({ actor }) => actor.kind === kind)] as const);
  return Object.fromEntries(found.filter(([, of]) => of.length > 0).map(([kind, of]) => [kind, figure(of)]));
}

function share<Item>(items: readonly Item[], has: (item: Item) => boolean): number {
  return items.length === 0 ? 0 : items.filter(has).length / items.length;
}

function quantile(values: readonly number[], part: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? 1;
}
