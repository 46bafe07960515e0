import type { DocumentNode } from 'graphql';

import type { Finding } from '../../finding.ts';
import { fieldsIn, hasFields } from '../../lint/rule.ts';
import { approvalHint } from '../../registry/approvals.ts';
import { placeIn } from '../comparison.ts';
import { directivesNamed, stringArgument } from '../directives.ts';
import type { Comparison } from '../state.ts';
import type { Access } from './access.ts';
import { both, isAsStrict, NOTHING, ownRequirement, type Requirement, requirementInWords } from './requirement.ts';

/**
 * Finds fields that a subgraph takes over without their guard. The supergraph has it until the old subgraph drops the
 * field, so its loss would look like the removal of what nobody needs any more.
 */
export function overriddenFindings(comparison: Comparison, before: Access, after: Access): Finding[] {
  return comparison.after.subgraphs.flatMap(({ name, document }) =>
    overrides(document).flatMap(({ coordinate, from }): Finding[] => {
      const [old, now] = [before.fields.get(coordinate), after.fields.get(coordinate)];
      if (!old || !now || !isAsStrict(now.requirement, old.requirement)) return [];
      const guard = both(before.types.get(old.type) ?? NOTHING, old.own);
      const left = guardWithout(from, comparison.after.subgraphs, coordinate);
      if (isAsStrict(left, guard) || wasSo(comparison, name, coordinate, from, left)) return [];
      const finding = { class: 'authorisation', rule: 'authorisation/overridden', coordinate, subgraph: name } as const;
      return [
        {
          ...finding,
          severity: 'error',
          message: `${name} takes ${coordinate} over from ${from} without its guard: it required ${requirementInWords(guard)} and will require ${requirementInWords(left)} once ${from} drops it.`,
          help: `Put the same directives on it here, or ${approvalHint(finding)}`,
          ...placeIn(comparison.after.subgraphs, name, coordinate),
        },
      ];
    }),
  );
}

/** Whether the published schema had the override with no more than this guard. */
function wasSo({ before }: Comparison, name: string, coordinate: string, from: string, left: Requirement): boolean {
  const published = before.subgraphs.find((subgraph) => subgraph.name === name);
  const had = published && overrides(published.document).some((each) => each.coordinate === coordinate);
  return had === true && isAsStrict(left, guardWithout(from, before.subgraphs, coordinate));
}

function overrides(document: DocumentNode): { coordinate: string; from: string }[] {
  return fieldsIn(document).flatMap(({ field, coordinate }) =>
    directivesNamed(field, 'override').map((each) => ({ coordinate, from: stringArgument(each, 'from') ?? '' })),
  );
}

/** The requirement of a field and its type in all subgraphs but one. */
function guardWithout(
  subgraph: string,
  subgraphs: readonly { readonly name: string; readonly document: DocumentNode }[],
  coordinate: string,
): Requirement {
  const nodes = subgraphs
    .filter(({ name }) => name !== subgraph)
    .flatMap(({ document }) => [
      ...document.definitions.filter(hasFields).filter(({ name }) => coordinate.startsWith(`${name.value}.`)),
      ...fieldsIn(document).flatMap((each) => (each.coordinate === coordinate ? [each.field] : [])),
    ]);
  return nodes.map(ownRequirement).reduce(both, NOTHING);
}
