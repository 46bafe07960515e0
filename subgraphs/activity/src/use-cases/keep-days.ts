import { dayAfter, dayOf } from '../domain/day.ts';

/** Days for which there is a place before they begin. */
const AHEAD = 7;

export interface KeepDaysDeps {
  readonly addDays: (days: readonly string[]) => Promise<void>;
  readonly archive: { daysBefore(day: string): Promise<string[]>; archive(day: string): Promise<void> };
  readonly retention: {
    deleteReports(days: number): Promise<void>;
    deleteHistories(days: number): Promise<void>;
    deleteSegments(): Promise<void>;
    deleteProposals(): Promise<void>;
  };
  readonly kept: { readonly eventDays: number; readonly reportDays: number; readonly historyDays: number };
  readonly now: () => Date;
}

/** Makes places for the days to come, archives events that are old enough, and deletes what is kept no longer. */
export async function keepDays({ addDays, archive, retention, kept, now }: KeepDaysDeps): Promise<void> {
  const today = dayOf(now());
  await addDays(Array.from({ length: AHEAD + 1 }, (_, index) => dayAfter(today, index)));
  for (const day of await archive.daysBefore(dayAfter(today, -kept.eventDays))) await archive.archive(day);
  await retention.deleteReports(kept.reportDays);
  await retention.deleteHistories(kept.historyDays);
  await retention.deleteSegments();
  await retention.deleteProposals();
}
