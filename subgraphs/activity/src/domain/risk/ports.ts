import type { CaseDecision, RiskCase } from './case.ts';
import type { Features } from './features.ts';
import type { Standing } from './level.ts';
import type { Score } from './score.ts';

/** A person with what is known about them at a moment. */
export interface Person {
  readonly userId: string;
  readonly at: Date;
  /** Of the last change of their standing. */
  readonly version: number;
  readonly standing: Standing;
  readonly features: Features;
  /** The features that an analyst has cleared lately. */
  readonly cleared: Features | null;
  /** Their last booking. */
  readonly bookingId: string | null;
}

export interface Verdict {
  readonly score: Score;
  /** `standing` itself when nothing changes. */
  readonly next: Standing;
  readonly opensCase: boolean;
}

export type Judge = (person: Person) => Verdict;
export type Judged = Person & Verdict;

export interface Risks {
  /** @param asOf null for now @returns how many people were scored */
  scoreDue(limit: number, judge: Judge, asOf?: Date | null): Promise<number>;
}

export interface RiskCases {
  find(caseId: string): Promise<RiskCase | null>;
  /** @returns null when the case may not be decided like this any more */
  decide(decision: CaseDecision): Promise<RiskCase | null>;
}
