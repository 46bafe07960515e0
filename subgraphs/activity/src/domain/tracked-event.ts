/** Something that a visitor did, as it is recorded. */
export interface TrackedEvent {
  /** A UUID. */
  readonly id: string;
  readonly name: string;
  readonly at: Date;
  readonly receivedAt: Date;
  /** As its client says, where its clock must be wrong. */
  readonly claimedAt: Date | null;
  /** See domain/visitor.ts. */
  readonly visitor: string;
  readonly userId: string | null;
  /** Keyed hashes of network and browser, for `src/risk/`: not stored with the event. */
  readonly network: string | null;
  readonly device: string | null;
  readonly cityCode: string | null;
  readonly titleId: string | null;
  readonly showId: string | null;
  readonly venueId: string | null;
  /** Of what the marketplace did; stored in the person's history alone. */
  readonly bookingId: string | null;
  readonly searchText: string | null;
  readonly impressionToken: string | null;
  /** JSON. */
  readonly properties: string | null;
}

/** The most events of a batch. */
export const MAX_BATCH = 500;
