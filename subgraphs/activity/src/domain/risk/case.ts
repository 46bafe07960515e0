import type { Reason } from './features.ts';

export type RiskCaseStatus = 'OPEN' | 'CLEARED' | 'BLOCKED';
export type RiskDecision = 'CLEAR' | 'BLOCK';

/** A person's behaviour for people to judge. A person has one open case at most. */
export interface RiskCase {
  readonly id: string;
  readonly userId: string;
  /** The person's last booking when it was detected. */
  readonly bookingId: string | null;
  readonly status: RiskCaseStatus;
  readonly score: number;
  readonly reasons: readonly Reason[];
  readonly detectedAt: Date;
  readonly decidedAt: Date | null;
  readonly note: string | null;
  /** Numbers the cases in the order in which they were opened. */
  readonly version: number;
}

/** A decision on a case. */
export interface CaseDecision {
  readonly caseId: string;
  readonly analystId: string;
  readonly decision: RiskDecision;
  readonly note: string | null;
}

export const STATUS_OF: Readonly<Record<RiskDecision, RiskCaseStatus>> = { CLEAR: 'CLEARED', BLOCK: 'BLOCKED' };

/** Whether a decision may be taken: on an open case, and to lift a block. */
export function mayDecide({ status }: Pick<RiskCase, 'status'>, decision: RiskDecision): boolean {
  return status === 'OPEN' || (status === 'BLOCKED' && decision === 'CLEAR');
}
