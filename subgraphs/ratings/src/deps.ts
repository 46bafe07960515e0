import type { PrismaClient } from '@marquee/prisma-ratings';
import { findOrganisationRoles, type FindOrganisationRoles, type SubgraphRuntime } from '@marquee/subgraph';

import { catalogOf } from './adapters/catalog.ts';
import { DeletedReviewRepository } from './adapters/deleted-reviews.ts';
import { editReviewIn } from './adapters/edited-reviews.ts';
import { HeldDataRepository } from './adapters/held-data.ts';
import { HelpfulVoteRepository } from './adapters/helpful-votes.ts';
import { ModerationQueueRepository, observeQueue } from './adapters/moderation-queue.ts';
import { addReviewIn } from './adapters/new-reviews.ts';
import { profanityLists } from './adapters/profanity.ts';
import { RatingRepository } from './adapters/ratings.ts';
import { ReportRepository } from './adapters/reports.ts';
import { ReviewRepository } from './adapters/reviews.ts';
import type { AddReview, Catalog, EditReview } from './domain/ports.ts';
import type { HasProfanity } from './domain/screening.ts';

/** The dependencies of use cases, resolvers, loaders, handlers and jobs. */
export interface Deps {
  readonly reviews: ReviewRepository;
  readonly addReview: AddReview;
  readonly editReview: EditReview;
  readonly deletedReviews: DeletedReviewRepository;
  readonly votes: HelpfulVoteRepository;
  readonly reports: ReportRepository;
  readonly queue: ModerationQueueRepository;
  readonly ratings: RatingRepository;
  readonly heldData: HeldDataRepository;
  readonly catalog: Catalog;
  readonly hasProfanity: HasProfanity;
  readonly findOrganisationRoles: FindOrganisationRoles;
  readonly now: () => Date;
}

export function openDeps(runtime: SubgraphRuntime<PrismaClient, unknown>): Deps {
  const { client, calls, instruments, now } = runtime;
  const queue = new ModerationQueueRepository(client);
  observeQueue(queue, instruments);
  return {
    reviews: new ReviewRepository(client),
    addReview: addReviewIn(client, runtime),
    editReview: editReviewIn(client, runtime),
    deletedReviews: new DeletedReviewRepository(client),
    votes: new HelpfulVoteRepository(client),
    reports: new ReportRepository(client, runtime),
    queue,
    ratings: new RatingRepository(client),
    heldData: new HeldDataRepository(client),
    catalog: catalogOf(calls),
    hasProfanity: profanityLists(),
    findOrganisationRoles: findOrganisationRoles(calls),
    now,
  };
}
