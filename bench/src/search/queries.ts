import type { Document } from '../../../subgraphs/search/src/domain/document.ts';
import { randomFrom } from './documents.ts';

/** Makes a query of a document, as somebody would who looks for it. */
type Ask = (document: Document, random: () => number) => string;

const words = (text: string): string[] => text.toLowerCase().split(' ');
const without = (text: string, at: number): string => text.slice(0, at) + text.slice(at + 1);

const KINDS: Readonly<Record<string, Ask>> = {
  name: ({ name }) => name,
  unfinished: ({ name }) => name.slice(0, Math.max(2, Math.ceil(name.length * 0.6))),
  'one letter': ({ name }) => name.charAt(0),
  misspelt: ({ name }, random) => without(name, 1 + Math.floor(random() * Math.max(1, name.length - 2))),
  person: ({ people }) => people[0] ?? '',
  'misspelt person': ({ people: [person = ''] }, random) =>
    without(person, 1 + Math.floor(random() * (person.length - 2))),
  'name and person': ({ name, people }) => `${words(name)[0]} ${words(people[0] ?? '').at(-1)}`,
  common: (_document, random) =>
    ['the', 'the night', 'love', 'dark city', 'last man in the city'][Math.floor(random() * 5)] ?? '',
  described: ({ description }) => words(description).slice(-3).join(' '),
  blank: () => '',
};

export interface Query {
  readonly kind: string;
  readonly text: string;
}

/** So many queries of each kind, mixed. */
export function queriesOf(sample: readonly Document[], ofEach: number): Query[] {
  const random = randomFrom(13);
  const queries = Object.entries(KINDS).flatMap(([kind, ask]) =>
    Array.from({ length: ofEach }, () => {
      const document = sample[Math.floor(random() * sample.length)];
      return { kind, text: document ? ask(document, random) : '' };
    }),
  );
  return queries
    .map((query) => ({ query, place: random() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ query }) => query);
}
