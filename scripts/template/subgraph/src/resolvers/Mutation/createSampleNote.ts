import { resultOf } from '@marquee/errors';
import { requireUser } from '@marquee/subgraph';

import { SampleNoteExistsError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/create-sample-note.ts';

export const createSampleNote: MutationResolvers['createSampleNote'] = (_parent, { input }, { caller, deps }) =>
  resultOf([SampleNoteExistsError], async () => ({
    __typename: 'CreateSampleNotePayload',
    sampleNote: await useCase.createSampleNote(deps, { ...input, ownerId: requireUser(caller) }),
  }));
