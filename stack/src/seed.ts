import type { DefinedSubgraph } from '@marquee/subgraph';

import { allOrFirstError } from './all-or-first-error.ts';

/**
 * Seeds the databases with demo data. Existing data is kept.
 *
 * @returns lines to print for a newcomer, such as demo accounts
 */
export async function seed(
  definitions: readonly DefinedSubgraph[],
  databaseUrls: Readonly<Record<string, string>>,
): Promise<string[]> {
  const notes = definitions.map((definition) =>
    definition.seed?.({ databaseUrl: databaseUrls[definition.name] ?? '' }),
  );
  return (await allOrFirstError(notes)).flatMap((lines) => lines ?? []);
}
