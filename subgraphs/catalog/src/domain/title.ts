export type TitleKind = 'MOVIE' | 'LIVE_EVENT';

/** A film or a live event. */
export interface Title {
  readonly id: string;
  readonly kind: TitleKind;
  readonly name: string;
  readonly description: string;
  readonly languages: readonly string[];
  readonly genres: readonly string[];
  readonly durationMinutes: number;
  readonly ageRating: string | null;
  /** Such as `2027-01-31`. */
  readonly releaseDate: string | null;
  readonly director: string | null;
  readonly performers: readonly string[];
  readonly posterUrl: string | null;
  /** The business that added it: its members edit it. */
  readonly organisationId: string;
}

/** Fields to change; the others stay as they are. */
export type TitleChanges = Partial<Omit<Title, 'id' | 'kind' | 'director' | 'performers' | 'organisationId'>>;
