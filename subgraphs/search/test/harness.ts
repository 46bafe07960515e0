import { PrismaClient } from '@marquee/prisma-search';
import { type Harness, type HarnessOptions, openHarness } from '@marquee/testkit/harness';

import { StoredDocuments } from '../src/adapters/stored-documents.ts';
import { StoredShows } from '../src/adapters/stored-shows.ts';
import { type Document, indexed } from '../src/domain/document.ts';
import type { ScheduledShow } from '../src/domain/ports.ts';
import { subgraph } from '../src/subgraph.ts';

export interface SearchHarness extends Harness<PrismaClient> {
  /** Adds titles and venues. */
  add(...documents: readonly Partial<Document>[]): Promise<void>;
  schedule(...shows: readonly (Partial<ScheduledShow> & { readonly id: string })[]): Promise<void>;
  /** Searches as an anonymous caller. @throws the first error */
  search(variables: SearchVariables): Promise<Answer>;
  /** The ids that a search finds, in order. */
  ids(variables: SearchVariables): Promise<string[]>;
  suggest(prefix: string, cityId?: string): Promise<string[]>;
  /** The thing that each suggestion leads to; null for one that is to be searched for. */
  suggestedNodes(prefix: string): Promise<(Answer['edges'][number]['node'] | null)[]>;
}

export interface SearchVariables {
  readonly text: string;
  readonly cityId?: string;
  readonly filter?: object;
  readonly first?: number;
  readonly after?: string | null;
}

export interface Answer {
  readonly totalCount: number;
  readonly facets: readonly { readonly name: string; readonly values: readonly { value: string; count: number }[] }[];
  readonly edges: readonly {
    readonly cursor: string;
    readonly highlight: string | null;
    readonly node: { readonly __typename: string; readonly id: string };
  }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

export const SEARCH = `query ($text: String!, $cityId: ID, $filter: SearchFilterInput, $first: Int, $after: String) {
  search(text: $text, cityId: $cityId, filter: $filter, first: $first, after: $after) {
    totalCount facets { name values { value count } }
    edges { cursor highlight node { __typename ... on Movie { id } ... on LiveEvent { id } ... on Venue { id } } }
    pageInfo { hasNextPage endCursor } } }`;
export const SUGGEST = `query ($prefix: String!, $cityId: ID, $first: Int) {
  searchSuggestions(prefix: $prefix, cityId: $cityId, first: $first) { text kind
    node { __typename ... on Movie { id } ... on LiveEvent { id } ... on Venue { id } } } }`;
interface Suggestions {
  readonly searchSuggestions: readonly {
    readonly text: string;
    readonly kind: string;
    readonly node: Answer['edges'][number]['node'] | null;
  }[];
}

const FILM: Document = {
  ...{ id: '', kind: 'MOVIE', version: 0, name: '', people: [], genres: [], languages: ['English'] },
  ...{ description: '', place: null },
};
const SHOW: Omit<ScheduledShow, 'id'> = {
  ...{ cityCode: 'ams', titleId: null, venueId: 'ven_1', language: 'English', timeZone: 'Europe/Amsterdam' },
  ...{ startsAt: null, version: 0, cancelled: false },
};

export const ANYBODY = { kind: 'anonymous' } as const;

/** The subgraph, its relay, consumer and jobs running. */
export async function openSearch(options: Partial<HarnessOptions> = {}): Promise<SearchHarness> {
  const harness = await openHarness(subgraph, PrismaClient, options);
  const ask = async <Data>(query: string, variables: object): Promise<Data> => {
    const { data, errors } = await harness.execute(query, ANYBODY, { ...variables });
    if (errors?.[0]) throw Object.assign(new Error(errors[0].message), { extensions: errors[0].extensions });
    return data as Data;
  };
  const search = async (variables: SearchVariables) => (await ask<{ search: Answer }>(SEARCH, variables)).search;
  return {
    ...harness,
    add: async (...documents) =>
      void (await new StoredDocuments(harness.database).add(documents.map((each) => indexed({ ...FILM, ...each })))),
    schedule: (...shows) => new StoredShows(harness.database).add(shows.map((show) => ({ ...SHOW, ...show }))),
    search,
    ids: async (variables) => (await search(variables)).edges.map(({ node }) => node.id),
    suggest: async (prefix, cityId) => {
      const { searchSuggestions } = await ask<Suggestions>(SUGGEST, { prefix, cityId, first: 8 });
      return searchSuggestions.map(({ text, kind }) => `${kind} ${text}`);
    },
    suggestedNodes: async (prefix) =>
      (await ask<Suggestions>(SUGGEST, { prefix })).searchSuggestions.map(({ node }) => node),
  };
}
