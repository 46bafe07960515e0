import { resultOf } from '@marquee/errors';

import { AccountSuspendedError, InvalidSecondFactorError, SecondFactorExpiredError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/answer-second-factor.ts';
import { authPayload } from '../auth-payload.ts';

export const answerSecondFactor: MutationResolvers['answerSecondFactor'] = (_parent, { input }, { deps, device }) =>
  resultOf([AccountSuspendedError, InvalidSecondFactorError, SecondFactorExpiredError], async () =>
    authPayload(await useCase.answerSecondFactor(deps, { ...input, device })),
  );
