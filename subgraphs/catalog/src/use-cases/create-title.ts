import { badInput } from '@marquee/errors';
import { newId } from '@marquee/subgraph/ids';

import type { Titles } from '../domain/ports.ts';
import { optionalText, plainText, plainTexts } from '../domain/text.ts';
import type { Title, TitleKind } from '../domain/title.ts';
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

const MAX_MINUTES = 24 * 60;

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
    name: plainText('input.name', input.name, 200),
    description: plainText('input.description', input.description, 5_000),
    languages: plainTexts('input.languages', input.languages, { max: 40, items: 30 }),
    genres: plainTexts('input.genres', input.genres, { max: 40, items: 20 }),
    durationMinutes: duration(input.durationMinutes),
    ageRating: optionalText('input.ageRating', input.ageRating, 20),
    releaseDate: input.releaseDate ?? null,
    director: optionalText('input.director', input.director, 120),
    performers: plainTexts('input.performers', input.performers, { max: 120, items: 100 }),
    posterUrl: posterUrl(input.posterUrl),
  };
  if (title.languages.length === 0) throw badInput('input.languages', 'Enter at least one language.');
  const existing = await titles.create(title, input.createdBy);
  if (existing) throw new TitleExistsError(existing);
  return title;
}

function duration(minutes: number): number {
  if (minutes >= 1 && minutes <= MAX_MINUTES) return minutes;
  throw badInput('input.durationMinutes', `Enter 1 to ${MAX_MINUTES} minutes.`);
}

function posterUrl(given: string | null | undefined): string | null {
  const text = optionalText('input.posterUrl', given, 2_000);
  if (text === null) return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol !== 'https:') throw badInput('input.posterUrl', 'Enter a URL that starts with https://.');
  return url.href;
}
