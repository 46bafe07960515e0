import type { QueryResolvers } from '../../generated/resolvers.ts';

export const sampleNote: QueryResolvers['sampleNote'] = (_parent, { id }, { loaders }) => loaders.sampleNotes.load(id);
