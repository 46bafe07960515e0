import { levelAt, standingAfter, type Thresholds } from './level.ts';
import type { Judge } from './ports.ts';
import { scoreOf, type Scoring } from './score.ts';

/** Judges a person by their features. Whom somebody blocked for good needs no further case. */
export function judgeBy(scoring: Scoring, thresholds: Thresholds): Judge {
  return ({ features, cleared, standing, at }) => {
    const score = scoreOf(scoring, features, cleared);
    const isBlockedForGood = standing.level === 'BLOCK' && standing.until === null;
    const level = levelAt(score, thresholds);
    return {
      score,
      next: isBlockedForGood ? standing : standingAfter(standing, { level, reasons: score.reasons }, at),
      opensCase: !isBlockedForGood && score.score >= thresholds.openCase,
    };
  };
}
