import { existsSync, readdirSync } from 'node:fs';
import { type EventCatalogue, eventCatalogue, type EventShapes } from '@marquee/events';
import type { DefinedSubgraph } from '@marquee/subgraph';

const FOLDER = new URL('../../subgraphs/', import.meta.url);

/** The subgraphs there are: the folders of subgraphs/, in alphabetical order. */
export function subgraphNames(): string[] {
  return readdirSync(FOLDER)
    .filter((name) => existsSync(new URL(`${name}/src/subgraph.ts`, FOLDER)))
    .toSorted();
}

/** @throws {Error} when there is no such subgraph */
export async function loadSubgraph(name: string): Promise<DefinedSubgraph> {
  if (!subgraphNames().includes(name)) {
    throw new Error(`There is no subgraph ${name}; there are ${subgraphNames().join(', ')}.`);
  }
  const { subgraph } = (await import(`../../subgraphs/${name}/src/subgraph.ts`)) as { subgraph: DefinedSubgraph };
  return subgraph;
}

export function loadSubgraphs(): Promise<DefinedSubgraph[]> {
  return Promise.all(subgraphNames().map(loadSubgraph));
}

/** The subgraph that signs access tokens: all others verify with its keys. @throws unless exactly one does */
export function signerOf(definitions: readonly Pick<DefinedSubgraph, 'name' | 'signsTokens'>[]): string {
  const [signer, other] = definitions.filter(({ signsTokens }) => signsTokens);
  if (!signer) throw new Error('No subgraph signs access tokens: give one definition "keys".');
  if (other) throw new Error(`Both ${signer.name} and ${other.name} sign access tokens: only one may have "keys".`);
  return signer.name;
}

/** The events of all subgraphs, without the rest of their code. */
export async function loadEventCatalogue(): Promise<EventCatalogue> {
  const shapes = subgraphNames().map(async (name) => {
    if (!existsSync(new URL(`${name}/src/emits.ts`, FOLDER))) return [name, {}] as const;
    const { emits } = (await import(`../../subgraphs/${name}/src/emits.ts`)) as { emits: EventShapes };
    return [name, emits] as const;
  });
  return eventCatalogue(Object.fromEntries(await Promise.all(shapes)));
}
