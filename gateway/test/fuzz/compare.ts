import type { GeneratedOperation } from '../differential/operations.ts';
import type { Oracle, Scenario } from '../differential/oracle.ts';

/** How the executor's response differs from that of graphql-js on the plain schema. */
export interface Difference {
  readonly ours: unknown;
  readonly expected: unknown;
}

/** Compares data, byte for byte, and whether there are errors. */
export async function compare(
  oracle: Oracle,
  operation: GeneratedOperation,
  scenario: Scenario,
): Promise<Difference | undefined> {
  oracle.arrange(scenario);
  const expected = oracle.plain(operation);
  const ours = await oracle.ours(operation).catch((error: unknown) => ({ text: `${String(error)}`, errors: [] }));
  const isSame = ours.text === expected.text && (ours.errors === undefined) === (expected.errors === undefined);
  return isSame ? undefined : { ours: outcome(ours), expected: outcome(expected) };
}

function outcome({ text, errors }: { readonly text: string; readonly errors?: unknown }): unknown {
  return { data: text, errors };
}
