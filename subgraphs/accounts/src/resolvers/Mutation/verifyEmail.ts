import { resultOf } from '@marquee/errors';
import { userIdOf } from '@marquee/subgraph';

import { EmailTakenError, MailTokenExpiredError } from '../../errors.ts';
import type { User } from '../../mappers.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/verify-email.ts';

export const verifyEmail: MutationResolvers['verifyEmail'] = (_parent, { token }, { caller, deps }) =>
  resultOf([MailTokenExpiredError, EmailTakenError], async () => {
    const user: User = { ...(await useCase.verifyEmail(deps, { token, by: userIdOf(caller) })), mailRead: true };
    return { __typename: 'VerifyEmailPayload' as const, user };
  });
