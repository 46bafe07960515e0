import type { Schema } from '@apollo/federation-internals';

/** Decides which progressive `@override` labels are on for one request. */
export type OverrideChoice = (active: ReadonlySet<string> | undefined) => ReadonlyMap<string, boolean>;

const PERCENT = /^percent\((\d{1,2}(?:\.\d{1,8})?|100)\)$/;

/** The labels of `@override(from:, label:)` in a supergraph. */
export function overrideLabelsOf(schema: Schema): readonly string[] {
  const labels = new Set<string>();
  for (const application of schema.directive('join__field')?.applications() ?? []) {
    const { overrideLabel } = application.arguments() as { overrideLabel?: string };
    if (overrideLabel !== undefined) labels.add(overrideLabel);
  }
  return [...labels].toSorted();
}

/** A `percent(…)` label is on at random; any other is on when the request enables it. */
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
