import { resultOf } from '@marquee/errors';

import { SessionExpiredError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/refresh-session.ts';
import { authPayload } from '../auth-payload.ts';

export const refreshSession: MutationResolvers['refreshSession'] = (_parent, { refreshToken }, { deps, device }) =>
  resultOf([SessionExpiredError], async () =>
    authPayload(await useCase.refreshSession(deps, { refreshToken, device })),
  );
