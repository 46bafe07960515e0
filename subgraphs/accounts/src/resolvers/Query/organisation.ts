import type { QueryResolvers } from '../../generated/resolvers.ts';
import { organisationFor } from '../organisation-for.ts';

export const organisation: QueryResolvers['organisation'] = (_parent, { id }, context) => organisationFor(id, context);
