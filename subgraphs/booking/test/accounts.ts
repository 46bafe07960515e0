import type { OrganisationRoleOf, ServiceCalls, ServiceRequest } from '@marquee/subgraph';

interface Accounts {
  /** The names of people, by their ids. */
  readonly names?: Readonly<Record<string, string>>;
  /** Who works for which organisation, by their ids. */
  readonly roles?: Readonly<Record<string, readonly OrganisationRoleOf[]>>;
}

/** The partner owns the organisation of the venue. */
const PARTNER = { usr_partner: [{ organisationId: 'org_electric', role: 'OWNER' }] };

/** Accounts as booking asks it; nobody else works for an organisation unless `roles` says so. */
export function accountsWith({ names = {}, roles = {} }: Accounts = {}): ServiceCalls {
  return {
    query: async <Data>(subgraph: string, { query, variables }: ServiceRequest) => {
      if (subgraph !== 'accounts') throw new Error(`Nobody answers for ${subgraph}`);
      const { userId, ids = [], named } = variables as { userId?: string; ids?: string[]; named: string | null };
      const rolesOf = (id: string) => ({ ...PARTNER, ...roles })[id] ?? [];
      if (userId !== undefined) return { organisationRoles: rolesOf(userId) } as Data;
      if (query.includes('organisationRoles')) return inAliases(variables, rolesOf) as Data;
      const people = ids.flatMap((id) => (names[id] === undefined ? [] : { id, displayName: names[id] }));
      return { people: people.filter(({ displayName }) => named === null || displayName.includes(named)) } as Data;
    },
  };
}

/** The answer to a question about several people, each under an alias. */
function inAliases(variables: ServiceRequest['variables'] = {}, rolesOf: (id: string) => unknown): object {
  return Object.fromEntries(
    Object.entries(variables).map(([name, id]) => [name.replace('id', 'of'), rolesOf(String(id))]),
  );
}
