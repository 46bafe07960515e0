import type { ServiceCalls } from './service-calls.ts';

/** A person's role in an organisation, as accounts defines it. */
export interface OrganisationRoleOf {
  readonly organisationId: string;
  readonly role: string;
}

/** Every organisation that a person works for, and as what. */
export type FindOrganisationRoles = (userId: string) => Promise<readonly OrganisationRoleOf[]>;

const QUERY = 'query OrganisationRoles($userId: ID!) { organisationRoles(userId: $userId) { organisationId role } }';

/** Asks accounts each time, so that who was removed from an organisation can do nothing for it any more. */
export function findOrganisationRoles(calls: ServiceCalls): FindOrganisationRoles {
  return async (userId) => {
    const { organisationRoles } = await calls.query<{ organisationRoles: readonly OrganisationRoleOf[] }>('accounts', {
      query: QUERY,
      variables: { userId },
    });
    return organisationRoles;
  };
}
