import { type EntityReference, userIdOf } from '@marquee/subgraph';

import type { Context } from '../context.ts';
import { unrated } from '../domain/rating.ts';
import type { SubjectType } from '../domain/subject.ts';
import type { TitleResolvers } from '../generated/resolvers.ts';
import { reviewConnection, reviewPage } from './review-order.ts';

/** The fields of everything that can be reviewed. */
export function reviewed(type: SubjectType) {
  const reviews: NonNullable<TitleResolvers['reviews']> = async ({ id }, args, { loaders }) => {
    const page = reviewPage(args);
    return reviewConnection(await loaders.reviewsOf(type, page).load(id), page);
  };
  return {
    __resolveReference: ({ id }: EntityReference) => ({ id }),
    rating: async ({ id }: EntityReference, _args: unknown, { loaders }: Context) =>
      (await loaders.ratings(type).load(id)) ?? unrated(type, id),
    viewerReview: ({ id }: EntityReference, _args: unknown, { caller, loaders }: Context) => {
      const userId = userIdOf(caller);
      return userId === null ? null : loaders.reviewOf(type, userId).load(id);
    },
    reviews,
  };
}
