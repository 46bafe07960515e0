import { expect, test } from 'vitest';

import { describeFilm } from './describe-film.ts';

const facts = { year: '2005', genre: 'Drama', durationMinutes: 114, ageRating: 'R', Director: null, Distributor: null };

test.each([
  ['Based on Real Life Events', 'A drama of 2005, based on real events. It runs 1 h 54 min and is rated R.'],
  ['Original Screenplay', 'A drama of 2005. It dramatizes real events. It runs 1 h 54 min and is rated R.'],
])('a dramatization with the source %s says once that its events are real', (Source, description) => {
  expect(describeFilm({ ...facts, Source, 'Creative Type': 'Dramatization' })).toBe(description);
});
