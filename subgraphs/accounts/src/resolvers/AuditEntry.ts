import type { AuditEntryResolvers } from '../generated/resolvers.ts';

export const AuditEntry: AuditEntryResolvers = {
  id: ({ seq }) => `aud_${seq}`,
  actor: ({ actorId }, _args, { loaders }) => loaders.users.load(actorId),
};
