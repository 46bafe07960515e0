import { expect, test } from 'vitest';
import { camelCase, NameError, pascalCase, readNames } from './subgraph-names.mjs';

test.each([
  ['gift-cards', undefined, 'giftCard', 'giftCards'],
  ['activities', undefined, 'activity', 'activities'],
  ['feed', undefined, 'feed', 'feeds'],
  ['glass', undefined, 'glass', 'glasses'],
  ['ratings', 'Review', 'review', 'reviews'],
  ['support', 'HelpRequest', 'helpRequest', 'helpRequests'],
  ['search', 'SavedQuery', 'savedQuery', 'savedQueries'],
])('%s with the entity %s has one %s and many %s', (name, entity, singular, plural) => {
  const names = readNames(name, entity);
  expect([camelCase(names.singular), camelCase(names.plural)]).toEqual([singular, plural]);
  expect(pascalCase(names.singular)).toBe(entity ?? singular.replace(/^./, (letter) => letter.toUpperCase()));
});

test.each(['', 'Ratings', '2d', 'a_b', '-a', 'a-', 'a--b', '../a', 'a'.repeat(41)])(
  '“%s” cannot be a subgraph’s name',
  (name) => {
    expect(() => readNames(name)).toThrow(NameError);
  },
);

test.each(['review', 'Help-Request', '', '2D'])('“%s” cannot be an entity’s name', (entity) => {
  expect(() => readNames('ratings', entity)).toThrow(NameError);
});
