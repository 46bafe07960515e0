import { PrismaClient } from '@marquee/prisma-search';
import { openHarness } from '@marquee/testkit/harness';
import { beforeAll, expect, test } from 'vitest';

import { readFilms } from '../../../subgraphs/catalog/src/seed/films.ts';
import { LIVE_EVENTS } from '../../../subgraphs/catalog/src/seed/live-events.ts';
import { StoredDocuments } from '../../../subgraphs/search/src/adapters/stored-documents.ts';
import { indexed } from '../../../subgraphs/search/src/domain/document.ts';
import { titleDocument } from '../../../subgraphs/search/src/domain/facts.ts';
import { subgraph } from '../../../subgraphs/search/src/subgraph.ts';
import { QUERIES } from './queries.ts';

/** Films that somebody looks at before they give up. */
const SHOWN = 5;
const LEAST_RECALL = 0.95;
const SEARCH = `query ($text: String!) { search(text: $text, first: ${SHOWN}) { edges { node { ... on Movie { id } } } } }`;

const QUESTIONS = Object.entries(QUERIES).flatMap(([kind, queries]) =>
  queries.map(([text, name]) => ({ kind, text, name })),
);
/** The place of the film that is meant among those that are shown; 0 when it is not. */
const answers: { kind: string; text: string; name: string; place: number }[] = [];

beforeAll(async () => {
  const { database, execute } = await openHarness(subgraph, PrismaClient, { start: false });
  const titles = [...(await readFilms()), ...LIVE_EVENTS].map(({ title }) => title);
  const documents = titles.map((title) =>
    titleDocument({ titleId: title.id, version: 0, name: title.name, facts: title }),
  );
  await new StoredDocuments(database).add(documents.filter((document) => document !== null).map(indexed));
  const names = new Map(titles.map(({ id, name }) => [id, name]));
  for (const question of QUESTIONS) {
    const { data } = await execute(SEARCH, { kind: 'anonymous' }, { text: question.text });
    const { search } = data as { search: { edges: { node: { id?: string } }[] } };
    const found = search.edges.map(({ node }) => names.get(node.id ?? ''));
    answers.push({ ...question, place: found.indexOf(question.name) + 1 });
  }
}, 60_000);

test('there are 150 questions and more, each about a film of the seed', async () => {
  const names = new Set((await readFilms()).map(({ title }) => title.name));
  expect(QUESTIONS.length).toBeGreaterThanOrEqual(150);
  expect(QUESTIONS.filter(({ name }) => !names.has(name))).toEqual([]);
});

test('of what people mean, whatever they type, 95 in 100 are among the first five', ({ annotate }) => {
  const missed = answers.filter(({ place }) => place === 0).map(({ text, name }) => `${text} → ${name}`);
  void annotate([report(), ...missed.map((each) => `missed: ${each}`)].join('\n'));
  expect(1 - missed.length / answers.length).toBeGreaterThan(LEAST_RECALL);
});

/** Recall and mean reciprocal rank by kind of question. */
function report(): string {
  const kinds = ['all', ...Object.keys(QUERIES)];
  return kinds
    .map((kind) => {
      const of = answers.filter((answer) => kind === 'all' || answer.kind === kind);
      const recall = of.filter(({ place }) => place > 0).length / of.length;
      const rank = of.reduce((sum, { place }) => sum + (place > 0 ? 1 / place : 0), 0) / of.length;
      return `${kind}: ${of.length} questions, recall at ${SHOWN} ${recall.toFixed(3)}, mean reciprocal rank ${rank.toFixed(3)}`;
    })
    .join('\n');
}
