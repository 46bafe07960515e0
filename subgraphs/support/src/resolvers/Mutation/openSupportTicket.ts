import { resultOf } from '@marquee/errors';
import { requireUser } from '@marquee/subgraph';

import { TooManyOpenTicketsError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import { openTicket } from '../../use-cases/open-ticket.ts';

export const openSupportTicket: MutationResolvers['openSupportTicket'] = (_parent, { input }, { caller, deps }) =>
  resultOf([TooManyOpenTicketsError], async () => {
    const { bookingId = null, idempotencyKey = null } = input;
    const opened = { ...input, bookingId, idempotencyKey, customerId: requireUser(caller) };
    return { __typename: 'OpenSupportTicketPayload', ticket: await openTicket(deps, opened) };
  });
