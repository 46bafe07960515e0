/** Searches that find the world's film, and the feed of its city, with the errors of an answer. */
import { registered, type Variables, type World } from '../people/world.ts';

/** The film that the world shows. */
export const TITLE = 'The Long Take';
export const CITY = { cityId: 'cty_lon' };

interface Answer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly extensions: { readonly code: string; readonly subgraph?: string } }[];
}

async function answered<Data>({ marketplace }: World, name: string, variables: Variables): Promise<Answer<Data>> {
  const body = JSON.stringify({ query: registered(name).document, variables });
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
  return (await fetch(marketplace.endpoint, init)).json() as Promise<Answer<Data>>;
}

interface Match {
  readonly highlight: string | null;
  readonly node: { readonly __typename: string; readonly name: string } | null;
}

/** The best match of a text. */
export async function found(world: World, text: string): Promise<Match | undefined> {
  const answer = await answered<{ search: { edges: Match[] } }>(world, 'Search', { text, first: 5, ...CITY });
  return answer.data?.search.edges[0];
}

interface Card {
  readonly title: { readonly name: string } | null;
  /** Of a sponsored card. */
  readonly impressionToken?: string;
}

interface Feed {
  readonly homeFeed: { readonly sections: { readonly edges: { readonly node: { readonly items: Card[] } }[] } };
}

/** The feed's cards, and the subgraphs that were missing for it. */
export async function feed(world: World): Promise<{ readonly cards: readonly Card[]; readonly missing: Set<string> }> {
  const { data, errors = [] } = await answered<Feed>(world, 'HomeFeed', CITY);
  const missing = new Set(errors.map(({ extensions }) => extensions.subgraph ?? extensions.code));
  return { cards: data?.homeFeed.sections.edges.flatMap(({ node }) => node.items) ?? [], missing };
}
