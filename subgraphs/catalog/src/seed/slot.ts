import type { Title } from '../domain/title.ts';

/** One performance on a screen's day. */
export interface Slot {
  readonly title: Title;
  readonly language: string;
  readonly format: string;
  readonly highDemand: boolean;
  /** Minutes after midnight. */
  readonly minutes: number;
  /** Multiplies the prices of the hall. */
  readonly priceFactor: number;
}

/** Performances that start earlier are matinees. */
export const MATINEE_ENDS = 17 * 60;

export const MATINEE_FACTOR = 0.8;
