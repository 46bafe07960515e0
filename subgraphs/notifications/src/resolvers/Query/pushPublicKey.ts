import type { QueryResolvers } from '../../generated/resolvers.ts';

export const pushPublicKey: QueryResolvers['pushPublicKey'] = (_parent, _args, { deps }) => deps.pushPublicKey;
