import { failedFragments, mergedParts } from '../differential/merged-parts.ts';
import type { GeneratedOperation } from '../differential/operations.ts';
import type { Oracle, Outcome, Scenario } from '../differential/oracle.ts';

/** The difference between the executor's response and that of graphql-js on the plain schema. */
export interface Difference {
  readonly ours: unknown;
  readonly expected: unknown;
}

type Expected = ReturnType<Oracle['plain']>;

/** Compares data, byte for byte, and whether there are errors; with `@defer`, also the data that the parts add up to. */
export async function compare(
  oracle: Oracle,
  operation: GeneratedOperation,
  scenario: Scenario,
): Promise<Difference | undefined> {
  oracle.arrange(scenario);
  const expected = oracle.plain(operation);
  const ours = await oracle.ours(operation).catch((error: unknown) => ({ text: `${String(error)}`, errors: [] }));
  const isSame = ours.text === expected.text && (ours.errors === undefined) === (expected.errors === undefined);
  if (!isSame) return { ours: outcome(ours), expected: outcome(expected) };
  return operation.query.includes('@defer') ? compareParts(oracle, operation, expected) : undefined;
}

function outcome({ text, errors }: { readonly text: string; readonly errors?: unknown }): unknown {
  return { data: text, errors };
}

async function compareParts(
  oracle: Oracle,
  operation: GeneratedOperation,
  { data, errors }: Expected,
): Promise<Difference | undefined> {
  for (const fields of ['leave-out', 'collect'] as const) {
    const ours = await merged(oracle, operation, fields);
    if (sorted(ours) !== sorted({ data, errors: errors ?? [] })) return { ours: { fields, ...ours }, expected: data };
  }
  return undefined;
}

async function merged(oracle: Oracle, operation: GeneratedOperation, fields: 'leave-out' | 'collect') {
  try {
    const response = await oracle.inParts(operation, fields);
    const failed = failedFragments(response.parts);
    const errors: Outcome['errors'] = [...(response.first.errors ?? []), ...failed.flatMap((each) => each.errors)];
    return { data: mergedParts(response, fields === 'collect'), errors };
  } catch (error) {
    return { data: String(error), errors: [] };
  }
}

/** Parts add fields in another order. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
