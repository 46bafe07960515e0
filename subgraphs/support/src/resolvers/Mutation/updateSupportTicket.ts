import { resultOf } from '@marquee/errors';

import { requireUser } from '@marquee/subgraph';

import { requireAnother } from '../../access.ts';
import { AssigneeUnavailableError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import { updateTicket } from '../../use-cases/update-ticket.ts';
import { ticketFor } from '../ticket-for.ts';

export const updateSupportTicket: MutationResolvers['updateSupportTicket'] = (_parent, { input }, context) =>
  resultOf([AssigneeUnavailableError], async () => {
    const found = await ticketFor(input.ticketId, context);
    requireAnother(found, context.caller);
    const { status, priority, assigneeId, snoozeUntil } = input;
    const change = { status: status ?? undefined, priority: priority ?? undefined, assigneeId };
    const ticket = await updateTicket(context.deps, {
      agentId: requireUser(context.caller),
      ticketId: found.id,
      ...change,
      snoozeUntil: snoozeUntil ?? undefined,
    });
    return { __typename: 'UpdateSupportTicketPayload', ticket };
  });
