import type { ServiceCalls } from './service-calls.ts';

/** A person's role in an organisation, as accounts defines it. */
export interface OrganisationRoleOf {
  readonly organisationId: string;
  readonly role: string;
}

/** Every organisation that a person works for, and as what. */
export type FindOrganisationRoles = (userId: string) => Promise<readonly OrganisationRoleOf[]>;

const QUERY = 'query OrganisationRoles($userId: ID!) { organisationRoles(userId: $userId) { organisationId role } }';

/**
 * Asks accounts each time, so that who was removed from an organisation can do nothing for it any more. What is asked
 * about a person in one tick is one question: a page of venues asks once.
 */
export function findOrganisationRoles(calls: ServiceCalls): FindOrganisationRoles {
  const asked = new Map<string, Promise<readonly OrganisationRoleOf[]>>();
  const ask = async (userId: string): Promise<readonly OrganisationRoleOf[]> => {
    await new Promise(setImmediate);
    asked.delete(userId);
    const { organisationRoles } = await calls.query<{ organisationRoles: readonly OrganisationRoleOf[] }>('accounts', {
      query: QUERY,
      variables: { userId },
    });
    return organisationRoles;
  };
  return (userId) => {
    const known = asked.get(userId);
    if (known) return known;
    const answer = ask(userId);
    asked.set(userId, answer);
    return answer;
  };
}
