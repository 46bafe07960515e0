import type { OrganisationRoleOf, ServiceCalls } from '@marquee/subgraph';

interface Accounts {
  /** The names of people, by their ids. */
  readonly names?: Readonly<Record<string, string>>;
  /** Who works for which organisation, by their ids. */
  readonly roles?: Readonly<Record<string, readonly OrganisationRoleOf[]>>;
}

/** Accounts as booking asks it; nobody works for an organisation unless `roles` says so. */
export function accountsWith({ names = {}, roles = {} }: Accounts = {}): ServiceCalls {
  return {
    query: async <Data>(
      subgraph: string,
      { variables }: { variables?: Readonly<Record<string, unknown>> | undefined },
    ) => {
      if (subgraph !== 'accounts') throw new Error(`Nobody answers for ${subgraph}`);
      const { userId, ids = [], named } = variables as { userId?: string; ids?: string[]; named: string | null };
      if (userId !== undefined) return { organisationRoles: roles[userId] ?? [] } as Data;
      const people = ids.flatMap((id) => (names[id] === undefined ? [] : { id, displayName: names[id] }));
      return { people: people.filter(({ displayName }) => named === null || displayName.includes(named)) } as Data;
    },
  };
}
