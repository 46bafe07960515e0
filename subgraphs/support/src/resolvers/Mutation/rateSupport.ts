import { resultOf } from '@marquee/errors';

import { requireCustomer } from '../../access.ts';
import { AlreadyRatedError, TicketNotResolvedError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/rate-support.ts';
import { ticketFor } from '../ticket-for.ts';

export const rateSupport: MutationResolvers['rateSupport'] = (_parent, { ticketId, score, comment }, context) =>
  resultOf([TicketNotResolvedError, AlreadyRatedError], async () => {
    requireCustomer(await ticketFor(ticketId, context), context.caller);
    const ticket = await useCase.rateSupport(context.deps, { ticketId, score, comment: comment ?? null });
    return { __typename: 'RateSupportPayload', ticket };
  });
