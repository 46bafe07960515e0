import type { HistoryEntryResolvers } from '../generated/resolvers.ts';

export const HistoryEntry: HistoryEntryResolvers = {
  at: ({ createdAt }) => createdAt,
  title: ({ titleId }) => (titleId === null ? null : { id: titleId }),
  booking: ({ bookingId }) => (bookingId === null ? null : { id: bookingId }),
};
