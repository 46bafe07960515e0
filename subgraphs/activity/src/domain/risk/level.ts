import type { Reason } from './features.ts';

/** The levels of a person's risk inside the sale, the mildest first. */
export const LEVELS = ['NONE', 'SLOW', 'CHALLENGE', 'BLOCK'] as const;

export type Level = (typeof LEVELS)[number];

/** The scores from which something is done. */
export interface Thresholds {
  readonly slow: number;
  readonly challenge: number;
  readonly block: number;
  /** A case for people to decide. */
  readonly openCase: number;
}

type Scores = Readonly<Record<'score' | 'ruleScore', number>>;

/** The level of a person, why, and until when; null for until somebody decides otherwise. */
export interface Standing {
  readonly level: Level;
  readonly reasons: readonly Reason[];
  readonly until: Date | null;
}

export const NO_LEVEL: Standing = { level: 'NONE', reasons: [], until: null };

/** A person's decision is for good. */
export function blocked(reasons: readonly Reason[]): Standing {
  return { level: 'BLOCK', reasons, until: null };
}

const HOUR_MS = 3_600_000;
/** How long a level lasts after the score that gave it. */
const LASTS_MS = { SLOW: HOUR_MS, CHALLENGE: 6 * HOUR_MS, BLOCK: 24 * HOUR_MS };
/** A level is prolonged once so much of its time is over, and not at every score. */
const PROLONGED_AFTER = 0.25;

/** Whether the level counts at a moment. */
export function isInForce({ level, until }: Standing, at: Date): boolean {
  return level !== 'NONE' && (until === null || until > at);
}

/** A rule has to be this sure before anybody is blocked. */
const SECOND_WITNESS = 0.5;

/** The level that a score gives. The model alone blocks nobody: a rule has to agree. */
export function levelAt({ score, ruleScore }: Scores, { slow, challenge, block }: Thresholds): Level {
  if (score >= block && ruleScore >= SECOND_WITNESS) return 'BLOCK';
  if (score >= challenge) return 'CHALLENGE';
  return score >= slow ? 'SLOW' : 'NONE';
}

/**
 * The standing after a score. A level in force only rises or is prolonged, and ends by its time: an attacker does not
 * leave it by keeping still for a minute.
 *
 * @returns `current` itself when nothing changes
 */
export function standingAfter(
  current: Standing,
  { level, reasons }: Pick<Standing, 'level' | 'reasons'>,
  at: Date,
): Standing {
  const inForce = isInForce(current, at);
  if (level === 'NONE') return inForce || current.level === 'NONE' ? current : NO_LEVEL;
  if (inForce && LEVELS.indexOf(level) < LEVELS.indexOf(current.level)) return current;
  const next = { level, reasons, until: new Date(at.getTime() + LASTS_MS[level]) };
  if (!inForce || level !== current.level) return next;
  if (current.until === null) return current;
  const gained = next.until.getTime() - current.until.getTime();
  return gained >= LASTS_MS[level] * PROLONGED_AFTER ? next : current;
}
