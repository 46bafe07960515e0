import { badInput, forbidden, unauthenticated } from '@marquee/errors';
import {
  assertMayDo,
  type Caller,
  type EntityReference,
  type FindOrganisationRoles,
  hasScope,
  lookAt,
  type OrganisationRoleOf,
  organisationsFor,
  ownerOnly,
  policy,
  type RequestContext,
  requireUser,
  userIdOf,
} from '@marquee/subgraph';

import type { Campaign } from './domain/campaign.ts';

/** Lets administrators start, pause and end every campaign. */
const ADMINISTER = 'users:write';
/** Lets analysts read every campaign. */
const REPORT = 'reports:read';

export interface AccessDeps {
  readonly findOrganisationRoles: FindOrganisationRoles;
}

/** Loads the roles of a person in organisations, once a request. */
interface RolesContext extends RequestContext {
  readonly loaders: { readonly organisationRoles: { load(userId: string): Promise<readonly OrganisationRoleOf[]> } };
}

/** Who manages the organisation of a campaign; analysts and administrators, whose looks are recorded. */
export const reader = policy<Campaign>(
  'owner or manager of its organisation, or scope reports:read or users:write, whose look is recorded',
  async (caller, { organisationId }, context) => {
    const userId = userIdOf(caller);
    if (userId === null) return unauthenticated();
    const managed = organisationsFor(
      'CAMPAIGNS',
      await (context as RolesContext).loaders.organisationRoles.load(userId),
    );
    if (managed.includes(organisationId)) return true;
    const scope = [ADMINISTER, REPORT].find((each) => hasScope(caller, each));
    return scope === undefined
      ? forbidden('This campaign belongs to an organisation that you do not manage.')
      : lookAt(organisationId, scope, 'Organisation');
  },
);

export const oneself = ownerOnly(({ id }: EntityReference) => id);

/**
 * A campaign is started, paused and ended by who manages its organisation, and by administrators.
 *
 * @returns the caller's id
 * @throws {CodedError} UNAUTHENTICATED or FORBIDDEN
 */
export async function requireManager(
  { findOrganisationRoles }: AccessDeps,
  caller: Caller,
  { organisationId }: Pick<Campaign, 'organisationId'>,
): Promise<string> {
  const userId = requireUser(caller);
  if (hasScope(caller, ADMINISTER)) return userId;
  assertMayDo('CAMPAIGNS', organisationId, await findOrganisationRoles(userId));
  return userId;
}

/**
 * The organisations whose campaigns are listed: all that a person manages, or the one that is named.
 *
 * @throws {CodedError} FORBIDDEN for an organisation that the person does not manage
 */
export function managedOrganisations(
  roles: readonly OrganisationRoleOf[],
  organisationId: string | null | undefined,
): readonly string[] {
  if (!organisationId) return organisationsFor('CAMPAIGNS', roles);
  assertMayDo('CAMPAIGNS', organisationId, roles);
  return [organisationId];
}

/**
 * The organisation of a new campaign: the one that is named, or the only one that the person manages.
 *
 * @throws {CodedError} BAD_USER_INPUT, or FORBIDDEN for an organisation that the person does not manage
 */
export async function chooseOrganisation(
  { findOrganisationRoles }: AccessDeps,
  userId: string,
  organisationId: string | null | undefined,
): Promise<string> {
  const roles = await findOrganisationRoles(userId);
  if (organisationId) {
    assertMayDo('CAMPAIGNS', organisationId, roles);
    return organisationId;
  }
  const [only, ...others] = organisationsFor('CAMPAIGNS', roles);
  if (only === undefined) throw badInput('input.organisationId', 'Create an organisation first.');
  if (others.length > 0) throw badInput('input.organisationId', 'Choose one of your organisations.');
  return only;
}
