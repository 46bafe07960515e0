import type { Schema } from '@apollo/federation-internals';

/** Decides for one request which progressive `@override` labels are on. */
export type OverrideChoice = (active: ReadonlySet<string> | undefined) => ReadonlyMap<string, boolean>;

const PERCENT = /^percent\((\d{1,2}(?:\.\d{1,8})?|100)\)$/;

/** The labels of `@override(from:, label:)` in a supergraph, or nothing when it has none. */
export function overrideLabelsOf(schema: Schema): readonly string[] {
  const labels = new Set<string>();
  for (const application of schema.directive('join__field')?.applications() ?? []) {
    const { overrideLabel } = application.arguments() as { overrideLabel?: string };
    if (overrideLabel !== undefined) labels.add(overrideLabel);
  }
  return [...labels].toSorted();
}

/** `percent(…)` labels are drawn, any other label is on when the request carries it. */
export function overrideChoice(labels: readonly string[], random: () => number): OverrideChoice {
  const percents = labels.map((label) => ({ label, percent: PERCENT.exec(label)?.[1] }));
  return (active) =>
    new Map(
      percents.map(({ label, percent }) => [
        label,
        active?.has(label) === true || (percent !== undefined && random() * 100 < Number(percent)),
      ]),
    );
}
