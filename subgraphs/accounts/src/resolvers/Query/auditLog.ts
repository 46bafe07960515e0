import { connection, invalidCursor, pageArguments, requireUser } from '@marquee/subgraph';

import type { QueryResolvers } from '../../generated/resolvers.ts';
import { readAuditLog } from '../../use-cases/read-audit-log.ts';

export const auditLog: QueryResolvers['auditLog'] = async (_parent, { filter, ...args }, { caller, deps }) => {
  const page = pageArguments(args, 1);
  const last = page.after?.[0] ?? null;
  if (last !== null && !Number.isSafeInteger(last)) throw invalidCursor();
  const before = last === null ? null : Number(last);
  const { actorId = null, subjectType = null, subjectId = null, action = null, from = null, to = null } = filter ?? {};
  const found = await readAuditLog(deps, {
    actorId: requireUser(caller),
    filter: { actorId, subjectType, subjectId, action, from, to },
    page: { limit: page.limit, before },
  });
  return connection(found, page, ({ seq }) => [seq]);
};
