import { requireUser } from '@marquee/subgraph';

import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/send-verification-email.ts';

export const sendVerificationEmail: MutationResolvers['sendVerificationEmail'] = async (
  _parent,
  _args,
  { caller, deps },
) => ({ sentTo: await useCase.sendVerificationEmail(deps, requireUser(caller)) });
