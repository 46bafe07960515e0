import { atLeast, atMost, below, type Target } from '../benchmark.ts';
import type { Limit } from './limit.ts';
import type { Fight, Round } from './measure.ts';

/** The figures of one topology. */
export interface Figures {
  readonly topology: string;
  readonly rounds: readonly Round[];
  readonly fight: Fight;
}

const total = (parts: Readonly<Record<string, number>>): number =>
  Object.values(parts).reduce((sum, part) => sum + part, 0);

export const statementsOf = ({ spent }: Round): number => total(spent.statements);
/** In milliseconds. */
export const processorOf = ({ spent }: Round): number => total(spent.processor) * 1_000;

/** The targets of a sale in one process on two cores, and the limit in the same run. */
export function targetsOf({ rounds, fight }: Figures, limit: Limit): Target[] {
  const at = (customers: number): Round => {
    const round = rounds.find((each) => each.customers === customers);
    if (!round) throw new Error(`No round had ${customers} customers.`);
    return round;
  };
  const [alone, busy] = [at(1), at(40)];
  return [
    atMost('statements a sale', statementsOf(busy), 15),
    atMost('commits a sale', busy.spent.commits, 6),
    atMost('processor a sale without the provider, ms', processorOf(busy), 8),
    atLeast('sales a second', busy.salesPerSecond, 150),
    atLeast('share of the bare client', busy.salesPerSecond / limit.salesPerSecond, 0.25),
    below('hold alone, median ms', alone.hold.p50, 10),
    below('pay alone, median ms', alone.pay.p50, 40),
    below('hold in the fight, p95 ms', fight.hold.p95, 250),
    atLeast('seats sold in the fight', fight.sold, fight.seats),
    atMost('seats sold twice', fight.soldTwice, 0),
    atMost(
      'failures',
      rounds.reduce((sum, { failures }) => sum + failures.length, fight.failures.length),
      0,
    ),
  ];
}
