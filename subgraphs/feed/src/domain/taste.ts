/** How far somebody came with a title. */
export const PROGRESS = { LOOKED: 1, LOOKED_AT_SHOWS: 2, CHOSE_SEATS: 3, BOOKED: 4 } as const;

/** One of {@link PROGRESS}. */
export type Progress = (typeof PROGRESS)[keyof typeof PROGRESS];

/** The latest interest of somebody in a title. */
export interface Interest {
  readonly titleId: string;
  readonly progress: Progress;
  /** In milliseconds since 1970. */
  readonly lastAt: number;
}

/** A title that people alike looked at. */
export interface Suggestion {
  readonly titleId: string;
  /** The title of their own that speaks for it most, and whether they booked it. */
  readonly because: { readonly titleName: string; readonly booked: boolean } | null;
}

/** The taste of a viewer. It survives JSON. */
export interface Taste {
  /** The latest first. */
  readonly interests: readonly Interest[];
  /** Of the city, the best first, without what they looked at. */
  readonly suggestions: readonly Suggestion[];
  /** The venue of the show that they chose seats of last, in the city. */
  readonly lastVenueId: string | null;
  /** Their language, a BCP 47 tag; null when it is not known. */
  readonly language: string | null;
}

/** The taste of whoever is not signed in, or new. */
export const NO_TASTE: Taste = { interests: [], suggestions: [], lastVenueId: null, language: null };
