import type { SeatMapSectionResolvers } from '../generated/resolvers.ts';

export const SeatMapSection: SeatMapSectionResolvers = {
  standingAvailable: async ({ showId, name, standingCapacity }, _args, { loaders }) => {
    if (standingCapacity === null) return null;
    const sections = await loaders.freePlaces.load(showId);
    return sections.find(({ section }) => section === name)?.free ?? 0;
  },
};
