import { canReadNote } from '../access.ts';
import type { ReviewResolvers } from '../generated/resolvers.ts';

export const Review: ReviewResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.reviews.load(id),
  author: ({ authorId }) => (authorId === null ? null : { id: authorId }),
  title: ({ subject }) => (subject.type === 'TITLE' ? { id: subject.id } : null),
  venue: ({ subject }) => (subject.type === 'VENUE' ? { id: subject.id } : null),
  moderationNote: (review, _args, { caller }) => (canReadNote(review, caller) ? review.note : null),
  reports: ({ id }, _args, { loaders }) => loaders.reports.load(id),
};
