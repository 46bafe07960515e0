import { badInput } from '@marquee/errors';

import { optionalText, plainText, plainTexts } from './text.ts';

const MAX_MINUTES = 24 * 60;

/** The rules of a title's fields. Each throws BAD_USER_INPUT, naming the field of the input. */
export const titleFields = {
  name: (name: string) => plainText('input.name', name, 200),
  description: (description: string) => plainText('input.description', description, 5_000),
  languages: (given: readonly string[]) => {
    const languages = plainTexts('input.languages', given, { max: 40, items: 30 });
    if (languages.length === 0) throw badInput('input.languages', 'Enter at least one language.');
    return languages;
  },
  genres: (genres: readonly string[]) => plainTexts('input.genres', genres, { max: 40, items: 20 }),
  durationMinutes: (minutes: number) => {
    if (minutes >= 1 && minutes <= MAX_MINUTES) return minutes;
    throw badInput('input.durationMinutes', `Enter 1 to ${MAX_MINUTES} minutes.`);
  },
  ageRating: (rating: string | null | undefined) => optionalText('input.ageRating', rating, 20),
  posterUrl: (given: string | null | undefined) => {
    const text = optionalText('input.posterUrl', given, 2_000);
    if (text === null) return null;
    const url = URL.canParse(text) ? new URL(text) : null;
    if (url?.protocol !== 'https:') throw badInput('input.posterUrl', 'Enter a URL that starts with https://.');
    return url.href;
  },
};
