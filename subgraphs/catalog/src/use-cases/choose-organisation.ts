import { assertMayDo, organisationsFor } from '@marquee/subgraph';
import { badInput } from '@marquee/errors';

import type { ManagerDeps } from '../access.ts';

/**
 * The organisation that something new belongs to: the one that is named, or the only one that the user manages.
 *
 * @throws {CodedError} BAD_USER_INPUT, FORBIDDEN for an organisation that the user does not manage
 */
export async function chooseOrganisation(
  { findOrganisationRoles }: ManagerDeps,
  userId: string,
  organisationId: string | null | undefined,
): Promise<string> {
  const roles = await findOrganisationRoles(userId);
  if (organisationId) {
    assertMayDo('CATALOG', organisationId, roles);
    return organisationId;
  }
  const [only, ...others] = organisationsFor('CATALOG', roles);
  if (only === undefined) throw badInput('input.organisationId', 'Create an organisation first.');
  if (others.length > 0) throw badInput('input.organisationId', 'Choose one of your organisations.');
  return only;
}
