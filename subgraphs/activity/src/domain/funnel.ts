import { badInput } from '@marquee/errors';

import { isEventName } from './event-names.ts';

/** The longest period of a report, in days. */
export const MAX_DAYS = 100;
/** The most steps of a funnel. */
export const MAX_STEPS = 10;

const DAY_MS = 24 * 60 * 60 * 1_000;

export interface FunnelQuery {
  readonly from: Date;
  readonly to: Date;
  readonly steps: readonly string[];
  /** Null for all cities. */
  readonly cityCode: string | null;
}

export interface FunnelStep {
  readonly name: string;
  readonly visitors: number;
  readonly conversionPercent: number;
}

/** Checks a question about a funnel. @throws {CodedError} BAD_USER_INPUT that names the argument */
export function assertFunnel({ from, to, steps }: FunnelQuery): void {
  if (to <= from) throw badInput('to', 'Choose an end after the start.');
  if (to.getTime() - from.getTime() > MAX_DAYS * DAY_MS) throw badInput('to', `Choose at most ${MAX_DAYS} days.`);
  if (steps.length === 0 || steps.length > MAX_STEPS) throw badInput('steps', `Name 1 to ${MAX_STEPS} steps.`);
  steps.forEach((step, index) => {
    const field = `steps.${index}`;
    if (!isEventName(step)) throw badInput(field, 'Enter the name of an event, such as title_view.');
    if (steps.indexOf(step) < index) throw badInput(field, 'Name each step once.');
  });
}

/** The steps with their shares. @param visitors who took each step after those before it */
export function funnelOf(steps: readonly string[], visitors: readonly number[]): FunnelStep[] {
  const [first = 0] = visitors;
  return steps.map((name, index) => {
    const count = visitors[index] ?? 0;
    return { name, visitors: count, conversionPercent: first === 0 ? 0 : percentOf(count, first) };
  });
}

/** To a hundredth. */
const percentOf = (part: number, whole: number): number => Math.round((part / whole) * 10_000) / 100;
