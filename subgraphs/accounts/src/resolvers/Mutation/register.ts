import { resultOf } from '@marquee/errors';

import { EmailTakenError, WeakPasswordError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import { registerUser } from '../../use-cases/register-user.ts';
import { authPayload } from '../auth-payload.ts';

export const register: MutationResolvers['register'] = (_parent, { input }, { deps, device }) =>
  resultOf([EmailTakenError, WeakPasswordError], async () =>
    authPayload(await registerUser(deps, { ...input, locale: input.locale ?? null, device })),
  );
