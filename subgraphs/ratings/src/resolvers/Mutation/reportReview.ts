import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/report-review.ts';

export const reportReview: MutationResolvers['reportReview'] = async (_parent, { input }, { caller, deps }) => ({
  reportId: await useCase.reportReview(deps, { ...input, caller }),
});
