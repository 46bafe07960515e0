import { newId } from '@marquee/subgraph/ids';

import type { Titles } from '../domain/ports.ts';
import { optionalText, plainTexts } from '../domain/text.ts';
import type { Title, TitleKind } from '../domain/title.ts';
import { titleFields } from '../domain/title-fields.ts';
import { TitleExistsError } from '../errors.ts';

export interface CreateTitleDeps {
  readonly titles: Pick<Titles, 'create'>;
}

export interface CreateTitleInput {
  /** The user who adds it. */
  readonly createdBy: string;
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
 * Adds a film or a live event.
 *
 * @throws {TitleExistsError} when a film of this name and release date exists
 * @throws {CodedError} BAD_USER_INPUT naming the field
 */
export async function createTitle({ titles }: CreateTitleDeps, input: CreateTitleInput): Promise<Title> {
  const title: Title = {
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
    createdBy: input.createdBy,
  };
  const existing = await titles.create(title);
  if (existing) throw new TitleExistsError(existing);
  return title;
}
