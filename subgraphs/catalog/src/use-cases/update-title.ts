import { notFound } from '@marquee/errors';
import type { Caller } from '@marquee/subgraph';

import { type ManagerDeps, requireManager } from '../access.ts';
import { changesOf, ifGiven } from '../domain/changes.ts';
import type { Titles } from '../domain/ports.ts';
import type { Title, TitleChanges } from '../domain/title.ts';
import { titleFields } from '../domain/title-fields.ts';
import { TitleExistsError } from '../errors.ts';

export interface UpdateTitleDeps extends ManagerDeps {
  readonly titles: Pick<Titles, 'findMany' | 'update'>;
}

export interface UpdateTitleInput {
  readonly caller: Caller;
  readonly titleId: string;
  readonly name?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly languages?: readonly string[] | null | undefined;
  readonly genres?: readonly string[] | null | undefined;
  readonly durationMinutes?: number | null | undefined;
  /** Null removes it, and so do the two below. */
  readonly ageRating?: string | null | undefined;
  readonly releaseDate?: string | null | undefined;
  readonly posterUrl?: string | null | undefined;
}

/**
 * Changes a title's details. Fields that are left out stay as they are.
 *
 * @throws {TitleExistsError} when another film has this name and release date
 * @throws {CodedError} BAD_USER_INPUT naming the field, NOT_FOUND, FORBIDDEN when the caller does not manage the title
 */
export async function updateTitle(deps: UpdateTitleDeps, input: UpdateTitleInput): Promise<Title> {
  const { titles } = deps;
  const changes = changesIn(input);
  const [title] = await titles.findMany([input.titleId]);
  if (!title) throw notFound('title');
  const by = await requireManager(deps, input.caller, title);
  const existing = await titles.update(title, changes, by);
  if (existing) throw new TitleExistsError(existing);
  const [updated = title] = await titles.findMany([title.id]);
  return updated;
}

function changesIn(input: UpdateTitleInput): TitleChanges {
  const { ageRating, releaseDate, posterUrl } = input;
  return changesOf({
    name: ifGiven(input.name, titleFields.name),
    description: ifGiven(input.description, titleFields.description),
    languages: ifGiven(input.languages, titleFields.languages),
    genres: ifGiven(input.genres, titleFields.genres),
    durationMinutes: ifGiven(input.durationMinutes, titleFields.durationMinutes),
    ageRating: ageRating === undefined ? undefined : titleFields.ageRating(ageRating),
    releaseDate,
    posterUrl: posterUrl === undefined ? undefined : titleFields.posterUrl(posterUrl),
  });
}
