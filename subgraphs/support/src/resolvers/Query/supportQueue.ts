import { connection, instantInCursor, invalidCursor, pageArguments, requireUser } from '@marquee/subgraph';

import type { SupportTicketStatus } from '../../domain/ticket.ts';
import type { QueryResolvers } from '../../generated/resolvers.ts';

const UNRESOLVED: readonly SupportTicketStatus[] = ['OPEN', 'PENDING', 'SNOOZED'];

export const supportQueue: QueryResolvers['supportQueue'] = async (_parent, args, { caller, deps }) => {
  const { limit, after } = pageArguments(args, 2);
  const agentId = requireUser(caller);
  const found = await deps.tickets.queue({
    limit,
    after: after && positionOf(after),
    statuses: [...new Set(args.status ?? UNRESOLVED)],
    assigneeId: args.mine ? agentId : null,
    agentId,
  });
  return connection(found, { limit, after }, ({ queueAt, id }) => [queueAt.toISOString(), id]);
};

function positionOf([queueAt, id]: readonly (string | number)[]) {
  if (typeof id !== 'string') throw invalidCursor();
  return { queueAt: instantInCursor(queueAt), id };
}
