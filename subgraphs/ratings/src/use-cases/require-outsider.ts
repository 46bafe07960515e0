import { notFound } from '@marquee/errors';
import type { FindOrganisationRoles } from '@marquee/subgraph';

import type { Catalog } from '../domain/ports.ts';
import { nameOf, type Subject } from '../domain/subject.ts';
import { ConflictOfInterestError } from '../errors.ts';

export interface RequireOutsiderDeps {
  readonly catalog: Pick<Catalog, 'organisationOf'>;
  readonly findOrganisationRoles: FindOrganisationRoles;
}

/**
 * Keeps members of an organisation, whatever their role, from reviewing its venues and titles.
 *
 * @throws {ConflictOfInterestError}
 * @throws {CodedError} NOT_FOUND for an unknown title or venue
 */
export async function requireOutsider(
  { catalog, findOrganisationRoles }: RequireOutsiderDeps,
  subject: Subject,
  authorId: string,
): Promise<void> {
  const [organisationId, roles] = await Promise.all([catalog.organisationOf(subject), findOrganisationRoles(authorId)]);
  if (organisationId === null) throw notFound(nameOf(subject));
  if (roles.some((role) => role.organisationId === organisationId)) throw new ConflictOfInterestError(subject);
}
