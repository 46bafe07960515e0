import { resultOf } from '@marquee/errors';
import { requireUser } from '@marquee/subgraph';

import { isSupportOf } from '../../access.ts';
import { SupportTicketFullError, TooManyOpenTicketsError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import { sendMessage } from '../../use-cases/send-message.ts';
import { ticketFor } from '../ticket-for.ts';

export const sendSupportMessage: MutationResolvers['sendSupportMessage'] = (_parent, { input }, context) =>
  resultOf([SupportTicketFullError, TooManyOpenTicketsError], async () => {
    const { caller, deps } = context;
    const readTicket = async () => {
      const ticket = await ticketFor(input.ticketId, context);
      return { ticket, fromAgent: isSupportOf(ticket, caller) };
    };
    const sent = await sendMessage(deps, { ...input, authorId: requireUser(caller), readTicket });
    return { __typename: 'SendSupportMessagePayload', ...sent, isNewCase: sent.ticket.id !== input.ticketId };
  });
