import type { QueryResolvers } from '../../generated/resolvers.ts';

export const supportAgents: QueryResolvers['supportAgents'] = (_parent, _args, { deps }) => deps.agents.list();
