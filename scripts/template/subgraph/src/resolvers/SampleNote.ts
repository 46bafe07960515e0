import type { SampleNoteResolvers } from '../generated/resolvers.ts';

export const SampleNote: SampleNoteResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.sampleNotes.load(id),
  owner: ({ ownerId }) => ({ id: ownerId }),
};
