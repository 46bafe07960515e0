import { resultOf } from '@marquee/errors';

import { TitleExistsError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import { actorOf } from '../actor.ts';

export const createTitle: MutationResolvers['createTitle'] = (_parent, { input }, { caller, catalog }) =>
  resultOf([TitleExistsError], async () => ({
    __typename: 'CreateTitlePayload' as const,
    title: await catalog.createTitle(actorOf(caller), input),
  }));
