import { judgeBy } from '../domain/risk/judge.ts';
import type { Thresholds } from '../domain/risk/level.ts';
import type { Risks } from '../domain/risk/ports.ts';
import type { Scoring } from '../domain/risk/score.ts';

export interface ScorePeopleDeps {
  readonly risks: Risks;
  readonly scoring: Scoring;
  readonly thresholds: Thresholds;
}

/** People who are scored in one transaction. */
const BATCH = 200;
/** Batches after which a run ends; what is left is for the next. */
const MAX_BATCHES = 100;

/** Scores everybody of whom something new is known. @param asOf the moment at which they are judged; null for now */
export async function scorePeople(
  { risks, scoring, thresholds }: ScorePeopleDeps,
  asOf: Date | null = null,
): Promise<number> {
  const judge = judgeBy(scoring, thresholds);
  let scored = 0;
  for (let batch = 0; batch < MAX_BATCHES; batch += 1) {
    const due = await risks.scoreDue(BATCH, judge, asOf);
    scored += due;
    if (due === 0) break;
  }
  return scored;
}
