import { compare } from '../checks/comparison.ts';
import { RegistryError } from '../finding.ts';
import { changesAsText } from '../output/text.ts';
import { readRegistry } from '../registry/registry.ts';
import { composedOrThrow } from './compose.ts';
import type { CommandContext } from './context.ts';

/** Prints the differences from the published schemas. */
export async function diffCommand(context: CommandContext, json: boolean): Promise<void> {
  const { sources, published } = readRegistry(context);
  const composed = composedOrThrow(sources, context.compose);
  if (published.problems.length > 0) throw new RegistryError(published.problems);
  const comparison = await compare(sources.subgraphs, composed, published, context.compose);
  if (!('changes' in comparison)) throw new RegistryError(comparison);
  const { changes, subgraphChanges } = comparison;
  if (json) {
    const document = { api: changes, subgraphs: Object.fromEntries(subgraphChanges) };
    return context.out(`${JSON.stringify(document, null, 2)}\n`);
  }
  context.out(changesAsText('Public schema', changes));
  for (const [name, of] of subgraphChanges) context.out(changesAsText(`Subgraph ${name}`, of));
}
