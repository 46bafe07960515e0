import type { DefinedSubgraph } from '@marquee/subgraph';

/**
 * Fills the databases with what a newcomer wants to find; what is there stays as it is.
 *
 * @returns what to tell them, in lines
 */
export async function seed(
  definitions: readonly DefinedSubgraph[],
  databaseUrls: Readonly<Record<string, string>>,
): Promise<string[]> {
  const told = definitions.map((definition) => definition.seed?.({ databaseUrl: databaseUrls[definition.name] ?? '' }));
  return (await Promise.all(told)).flatMap((lines) => lines ?? []);
}
