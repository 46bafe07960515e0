import type { CancellationPolicyInput, ScheduleShowsInput } from '../generated/graphql.ts';
import { addDays, clocksOf, momentOf } from '../time/dates.ts';
import { wholeNumber } from '../forms/amount.ts';
import { type PriceDraft, tierPrices } from './prices.ts';

export type Policy = 'policyDefault' | 'policyDay' | 'policyNone';

/** Shows to schedule, as a person describes them. */
export interface PlanDraft {
  readonly titleId: string | undefined;
  readonly screenId: string | undefined;
  readonly days: readonly string[];
  readonly times: string;
  readonly language: string;
  readonly format: string;
  readonly prices: readonly PriceDraft[];
  readonly policy: Policy;
  readonly highDemand: boolean;
  readonly transferable: boolean;
  readonly limit: string;
}

export interface Place {
  readonly timeZone: string;
  readonly currency: string;
}

export const MAX_SHOWS = 100;
const DAYS_SHOWN = 28;

/** The days that a person chooses from. */
export function daysToChoose(first: string): readonly string[] {
  return Array.from({ length: DAYS_SHOWN }, (_, index) => addDays(first, index));
}

/** The moments at which the shows start, in order. */
export function startsOf({ days, times }: Pick<PlanDraft, 'days' | 'times'>, timeZone: string): readonly string[] {
  const clocks = clocksOf(times) ?? [];
  return days.flatMap((day) => clocks.map((clock) => momentOf(day, clock, timeZone))).toSorted();
}

export type PlanProblem =
  | ('needTitle' | 'needScreen' | 'needDays' | 'needTimes' | 'needFuture' | 'tooMany')
  | ('needLanguage' | 'needFormat' | 'needLimit');

/** Why a plan cannot be sent, by field. */
export function planProblems(plan: PlanDraft, { timeZone }: Place, now: Date) {
  const starts = startsOf(plan, timeZone);
  const problems: Partial<
    Record<'title' | 'screen' | 'days' | 'times' | 'language' | 'format' | 'limit', PlanProblem>
  > = {};
  if (plan.titleId === undefined) problems.title = 'needTitle';
  if (plan.screenId === undefined) problems.screen = 'needScreen';
  if (plan.days.length === 0) problems.days = 'needDays';
  if (!clocksOf(plan.times)?.length) problems.times = 'needTimes';
  else if (starts.length > MAX_SHOWS) problems.times = 'tooMany';
  else if (starts.some((start) => new Date(start) <= now)) problems.times = 'needFuture';
  if (plan.language.trim() === '') problems.language = 'needLanguage';
  if (plan.format.trim() === '') problems.format = 'needFormat';
  if (plan.limit.trim() !== '' && wholeNumber(plan.limit, 1, 100) === undefined) problems.limit = 'needLimit';
  return problems;
}

/** The input of `scheduleShows`; undefined while something is missing. */
export function planInput(plan: PlanDraft, place: Place): ScheduleShowsInput | undefined {
  const prices = tierPrices(plan.prices, place.currency);
  if (plan.titleId === undefined || plan.screenId === undefined || !prices) return undefined;
  const policy = POLICIES[plan.policy];
  const limit = wholeNumber(plan.limit, 1, 100);
  return {
    titleId: plan.titleId,
    screenId: plan.screenId,
    startsAt: [...startsOf(plan, place.timeZone)],
    language: plan.language.trim(),
    format: plan.format.trim(),
    tierPrices: prices,
    highDemand: plan.highDemand,
    transferable: plan.transferable,
    ...(policy && { cancellationPolicy: policy }),
    ...(limit !== undefined && { maxSeatsPerCustomer: limit }),
  };
}

const POLICIES: Readonly<Record<Policy, CancellationPolicyInput | undefined>> = {
  policyDefault: undefined,
  policyDay: { tiers: [{ hoursBefore: 24, refundPercent: 100 }] },
  policyNone: { tiers: [] },
};
