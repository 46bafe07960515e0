import { RegistryError } from '../finding.ts';
import type { Candidate } from '../registry/external.ts';
import type { Registry } from '../registry/registry.ts';
import { changesBetween, type SchemaChange } from './changes.ts';
import { compositionFindings } from './composition-findings.ts';
import { apiSchema } from './parsed.ts';

/**
 * The changes of the public schema by a candidate alone. The working tree may be ahead of what is published.
 *
 * @throws {RegistryError} when the candidate does not compose with what is published
 */
export async function changesOfCandidate(
  { sources, here, compose }: Registry,
  { name }: Candidate,
): Promise<SchemaChange[]> {
  const published = [...here.subgraphs.values()].map((each) => ({ url: `http://${each.name}/graphql`, ...each }));
  const own = sources.subgraphs.filter((subgraph) => subgraph.name === name);
  const before = compose(published, true);
  const after = compose([...published.filter((each) => each.name !== name), ...own]);
  if (!before.composed || !after.composed) throw new RegistryError(compositionFindings(after, own));
  return changesBetween(apiSchema(before.composed), apiSchema(after.composed));
}
