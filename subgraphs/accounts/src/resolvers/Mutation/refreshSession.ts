import { resultOf } from '@marquee/errors';
import { SessionExpiredError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import { authPayloadOf } from '../auth-payload.ts';

export const refreshSession: MutationResolvers['refreshSession'] = (_parent, { refreshToken }, { accounts }) =>
  resultOf([SessionExpiredError], async () => authPayloadOf(await accounts.refreshSession(refreshToken)));
