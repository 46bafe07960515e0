export type ModerationDecision = 'PUBLISH' | 'REJECT';

export const REPORT_REASONS = ['SPAM', 'ABUSE', 'SPOILER', 'OTHER'] as const;
export type ReportReason = (typeof REPORT_REASONS)[number];

/** A report on which no moderator has decided. */
export interface ReviewReport {
  readonly id: string;
  readonly reviewId: string;
  readonly reason: ReportReason;
  readonly createdAt: Date;
}

/** Reports of different people that take a review to the queue. It stays published until a moderator decides. */
export const REPORTS_TO_QUEUE = 3;

/** Reports that a person makes in a day. */
export const MAX_REPORTS_A_DAY = 50;

/** A moderator's decision on a review. */
export interface Moderation {
  readonly reviewId: string;
  readonly moderatorId: string;
  readonly decision: ModerationDecision;
  readonly note: string | null;
  /** The version that was read; null for the latest. */
  readonly version: number | null;
  readonly at: Date;
}
