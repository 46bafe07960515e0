import { badInput } from '@marquee/errors';
import { newId } from '@marquee/subgraph/ids';

import { type Organisation, parseCountry, parseSlug } from '../domain/organisation.ts';
import type { Organisations } from '../domain/organisation-ports.ts';
import { parseDisplayName } from '../domain/profile.ts';

export interface CreateOrganisationDeps {
  readonly organisations: Pick<Organisations, 'add'>;
}

export interface CreateOrganisationInput {
  readonly ownerId: string;
  readonly name: string;
  readonly slug: string;
  readonly country: string;
}

/**
 * Founds an organisation with its owner.
 *
 * @throws {SlugTakenError} when another organisation has the slug
 * @throws {CodedError} BAD_USER_INPUT naming the field
 */
export async function createOrganisation(
  { organisations }: CreateOrganisationDeps,
  input: CreateOrganisationInput,
): Promise<Organisation> {
  const name = parseDisplayName(input.name);
  if (name === null) throw badInput('input.name', 'Enter a name of 1 to 80 characters.');
  const slug = parseSlug(input.slug);
  if (slug === null) throw badInput('input.slug', 'Enter 2 to 60 letters from a to z, digits and single hyphens.');
  const country = parseCountry(input.country);
  if (country === null) throw badInput('input.country', 'Enter the two-letter code of a country, such as NL.');
  const organisation = { id: newId('org'), name, slug, country };
  await organisations.add(organisation, input.ownerId);
  return organisation;
}
