import { newId } from '@marquee/subgraph/ids';

import type { ManagerDeps } from '../access.ts';
import type { Titles } from '../domain/ports.ts';
import { optionalText, plainTexts } from '../domain/text.ts';
import type { Title, TitleKind } from '../domain/title.ts';
import { titleFields } from '../domain/title-fields.ts';
import { TitleExistsError } from '../errors.ts';
import { chooseOrganisation } from './choose-organisation.ts';

export interface CreateTitleDeps extends ManagerDeps {
  readonly titles: Pick<Titles, 'create'>;
}

export interface CreateTitleInput {
  /** Who adds it. */
  readonly userId: string;
  readonly organisationId?: string | null | undefined;
  readonly kind: TitleKind;
  readonly name: string;
  readonly description: string;
  readonly languages: readonly string[];
  readonly genres: readonly string[];
  readonly durationMinutes: number;
  readonly ageRating?: string | null | undefined;
  readonly releaseDate?: string | null | undefined;
  readonly director?: string | null | undefined;
  readonly performers?: readonly string[] | null | undefined;
  readonly posterUrl?: string | null | undefined;
}

/**
 * Adds a film or a live event, which belongs to an organisation of the user.
 *
 * @throws {TitleExistsError} when a film of this name and release date exists
 * @throws {CodedError} BAD_USER_INPUT naming the field, FORBIDDEN for an organisation that the user does not manage
 */
export async function createTitle(deps: CreateTitleDeps, input: CreateTitleInput): Promise<Title> {
  const details = {
    id: newId('ttl'),
    kind: input.kind,
    name: titleFields.name(input.name),
    description: titleFields.description(input.description),
    languages: titleFields.languages(input.languages),
    genres: titleFields.genres(input.genres),
    durationMinutes: titleFields.durationMinutes(input.durationMinutes),
    ageRating: titleFields.ageRating(input.ageRating),
    releaseDate: input.releaseDate ?? null,
    director: optionalText('input.director', input.director, 120),
    performers: plainTexts('input.performers', input.performers, { max: 120, items: 100 }),
    posterUrl: titleFields.posterUrl(input.posterUrl),
  };
  const title = { ...details, organisationId: await chooseOrganisation(deps, input.userId, input.organisationId) };
  const existing = await deps.titles.create(title, input.userId);
  if (existing) throw new TitleExistsError(existing);
  return title;
}
