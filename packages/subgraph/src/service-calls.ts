import { dataOf, type ServiceCalls, type ServiceRequest } from '@marquee/identity';
import { currentTrace } from '@marquee/telemetry';
import type { Subgraph } from './subgraph.ts';

export {
  assertMayDo,
  findOrganisationRoles,
  type FindOrganisationRoles,
  mayDo,
  ORGANISATION_ROLES,
  type OrganisationRole,
  type OrganisationRoleOf,
  organisationsFor,
  type OrganisationWork,
  ROLES_FOR,
  type ServiceCalls,
  type ServiceRequest,
} from '@marquee/identity';

/** Service calls to subgraphs in the same process. @param find returns a subgraph by name */
export function inProcessCalls(name: string, find: (subgraph: string) => Subgraph | undefined): ServiceCalls {
  return {
    query: async <Data>(subgraph: string, request: ServiceRequest): Promise<Data> => {
      const target = find(subgraph);
      if (!target) throw new Error(`There is no subgraph ${subgraph} to call`);
      const traceparent = currentTrace()?.traceparent;
      const asked = { ...request, traceparent, caller: { kind: 'service', name } as const };
      return dataOf<Data>(await target.execute(asked), subgraph, name);
    },
  };
}
