import { resultOf } from '@marquee/errors';

import { AccountSuspendedError, MailTokenExpiredError, SignInRequiredError, WeakPasswordError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/reset-password.ts';
import { authPayload } from '../auth-payload.ts';

export const resetPassword: MutationResolvers['resetPassword'] = (_parent, { input }, { deps, device }) =>
  resultOf([AccountSuspendedError, MailTokenExpiredError, SignInRequiredError, WeakPasswordError], async () =>
    authPayload(await useCase.resetPassword(deps, { ...input, device })),
  );
