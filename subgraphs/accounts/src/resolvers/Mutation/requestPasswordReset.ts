import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/request-password-reset.ts';

export const requestPasswordReset: MutationResolvers['requestPasswordReset'] = async (
  _parent,
  { email },
  { deps, device },
) => {
  await useCase.requestPasswordReset(deps, { email, device });
  return { accepted: true };
};
