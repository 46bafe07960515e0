import { expect, it } from 'vitest';

import { slugOf } from './slug.ts';

it.each([
  ['Harbour Lane Pictures', 'harbour-lane-pictures'],
  ['Théâtre  de l’Œuf!', 'theatre-de-l-uf'],
  ['---', ''],
])('writes %s as %s', (name, slug) => expect(slugOf(name)).toBe(slug));
