import { resultOf } from '@marquee/errors';

import { EmailTakenError, MailTokenExpiredError } from '../../errors.ts';
import type { User } from '../../mappers.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/verify-email.ts';

export const verifyEmail: MutationResolvers['verifyEmail'] = (_parent, { token }, { deps }) =>
  resultOf([MailTokenExpiredError, EmailTakenError], async () => {
    const user: User = { ...(await useCase.verifyEmail(deps, token)), mailRead: true };
    return { __typename: 'VerifyEmailPayload' as const, user };
  });
