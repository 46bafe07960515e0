import { resultOf } from '@marquee/errors';
import { requireUser } from '@marquee/subgraph';

import { requireAnother } from '../../access.ts';
import { SupportTicketFullError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/add-internal-note.ts';
import { ticketFor } from '../ticket-for.ts';

export const addInternalNote: MutationResolvers['addInternalNote'] = (_parent, args, context) =>
  resultOf([SupportTicketFullError], async () => {
    const { caller, deps } = context;
    const { ticketId, text, idempotencyKey = null } = args;
    const assertMayAdd = async () => requireAnother(await ticketFor(ticketId, context), caller);
    const note = { ticketId, text, idempotencyKey, assertMayAdd, authorId: requireUser(caller) };
    return { __typename: 'AddInternalNotePayload', message: await useCase.addInternalNote(deps, note) };
  });
