import { resultOf } from '@marquee/errors';
import { EmailTakenError, WeakPasswordError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import { authPayloadOf } from '../auth-payload.ts';

export const register: MutationResolvers['register'] = (_parent, { input }, { accounts, device }) =>
  resultOf([EmailTakenError, WeakPasswordError], async () =>
    authPayloadOf(await accounts.register({ ...input, locale: input.locale ?? null }, device)),
  );
