import type { Candidate, CityCandidates, GeoPoint } from '../candidates.ts';
import type { Taste } from '../taste.ts';

/** All that a feed is ranked from. */
export interface FeedMaterial {
  readonly city: CityCandidates;
  /** Without what is past. */
  readonly candidates: readonly Candidate[];
  /** Of these what is on sale, with those shows alone. */
  readonly saleable: readonly Candidate[];
  readonly taste: Taste;
  /** Where the viewer says they are. */
  readonly near: GeoPoint | null;
  readonly now: number;
}
