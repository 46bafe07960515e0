import { expect, test } from 'vitest';

import { castInput, NO_TITLE, titleInput, titleProblems } from './fields.ts';

const fields = {
  ...NO_TITLE,
  ...{ name: 'Lantern', description: 'A film.', languages: 'German, English', genres: 'Drama', durationMinutes: '121' },
};

test('sends lists from between commas, and null for what is empty', () => {
  expect(titleInput(fields)).toMatchObject({ languages: ['German', 'English'], durationMinutes: 121, ageRating: null });
  expect(castInput({ ...fields, performers: 'Ada, Bob' })).toEqual({ director: null, performers: ['Ada', 'Bob'] });
});

test('says which fields cannot be sent', () => {
  expect(titleProblems(fields)).toEqual({});
  expect(Object.keys(titleProblems(NO_TITLE))).toEqual([
    'name',
    'description',
    'languages',
    'genres',
    'durationMinutes',
  ]);
  expect(titleProblems({ ...fields, posterUrl: 'http://x', durationMinutes: '1441' })).toEqual({
    durationMinutes: 'needMinutes',
    posterUrl: 'needHttps',
  });
});
