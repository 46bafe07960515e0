import { wholeNumber } from '../forms/amount.ts';
import type { TitleDetailsQuery } from '../generated/graphql.ts';
import { itemsOf } from '../venues/fields.ts';

/** The fields of a title as they are typed. */
export interface TitleFields {
  readonly name: string;
  readonly description: string;
  readonly languages: string;
  readonly genres: string;
  readonly durationMinutes: string;
  readonly ageRating: string;
  readonly releaseDate: string;
  readonly director: string;
  readonly performers: string;
  readonly posterUrl: string;
}

export const NO_TITLE: TitleFields = {
  ...{ name: '', description: '', languages: '', genres: '', durationMinutes: '', ageRating: '' },
  ...{ releaseDate: '', director: '', performers: '', posterUrl: '' },
};

export type TitleProblem =
  | ('needName' | 'needDescription' | 'needLanguage')
  | ('needGenre' | 'needMinutes' | 'needHttps');

/** Why fields cannot be sent, by field. */
export function titleProblems(fields: TitleFields): Partial<Record<keyof TitleFields, TitleProblem>> {
  const { posterUrl } = fields;
  return {
    ...(fields.name.trim() === '' && { name: 'needName' }),
    ...(fields.description.trim() === '' && { description: 'needDescription' }),
    ...(itemsOf(fields.languages).length === 0 && { languages: 'needLanguage' }),
    ...(itemsOf(fields.genres).length === 0 && { genres: 'needGenre' }),
    ...(minutesOf(fields) === undefined && { durationMinutes: 'needMinutes' }),
    ...(posterUrl.trim() !== '' && !/^https:\/\/\S+$/.test(posterUrl.trim()) && { posterUrl: 'needHttps' }),
  };
}

/** The input of creating and updating a title; a field that is left empty is removed. */
export function titleInput(fields: TitleFields) {
  return {
    name: fields.name.trim(),
    description: fields.description.trim(),
    languages: itemsOf(fields.languages),
    genres: itemsOf(fields.genres),
    durationMinutes: minutesOf(fields) ?? 0,
    ageRating: fields.ageRating.trim() || null,
    releaseDate: fields.releaseDate || null,
    posterUrl: fields.posterUrl.trim() || null,
  };
}

/** The further input of creating a title. */
export function castInput({ director, performers }: TitleFields) {
  return { director: director.trim() || null, performers: itemsOf(performers) };
}

export function fieldsOf(title: NonNullable<TitleDetailsQuery['title']>): TitleFields {
  return {
    name: title.name,
    description: title.description,
    languages: title.languages.join(', '),
    genres: title.genres.join(', '),
    durationMinutes: String(title.durationMinutes),
    ageRating: title.ageRating ?? '',
    releaseDate: title.releaseDate ?? '',
    director: title.director ?? '',
    performers: title.performers.join(', '),
    posterUrl: title.posterUrl ?? '',
  };
}

function minutesOf({ durationMinutes }: TitleFields): number | undefined {
  return wholeNumber(durationMinutes, 1, 1_440);
}
