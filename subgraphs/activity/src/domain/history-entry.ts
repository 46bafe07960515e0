/** Something that a person did. */
export interface HistoryEntry {
  readonly id: string;
  readonly userId: string;
  readonly kind: 'VIEW' | 'SEARCH' | 'BOOKING';
  readonly createdAt: Date;
  readonly titleId: string | null;
  readonly bookingId: string | null;
  readonly searchText: string | null;
}
