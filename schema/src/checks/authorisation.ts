import { type FieldDefinitionNode, Kind, type ObjectTypeDefinitionNode, parse } from 'graphql';

import type { Finding } from '../finding.ts';
import { approvalHint } from '../registry/approvals.ts';
import type { SdlIndex } from '../registry/locations.ts';
import { placeIn } from './comparison.ts';
import { isAsStrict, isGuarded, ownRequirement, requirementInWords, requirements } from './policies.ts';
import type { Comparison } from './state.ts';

/** Finds fields that more callers may read than before, and new fields that a guarded type leaves unguarded. */
export function authorisationFindings(comparison: Comparison): Finding[] {
  return [...loosened(comparison), ...unguarded(comparison)];
}

/** Judged on the supergraph, whose requirements are those that the gateway enforces. */
function loosened(comparison: Comparison): Finding[] {
  const before = requirements(parse(comparison.before.composed.supergraph));
  const after = requirements(parse(comparison.after.composed.supergraph));
  return [...before].flatMap(([coordinate, old]): Finding[] => {
    const now = after.get(coordinate);
    if (now === undefined || isAsStrict(now, old)) return [];
    const open = now.some((alternative) => alternative.length === 0);
    const finding = {
      class: 'authorisation',
      rule: open ? 'authorisation/removed' : 'authorisation/loosened',
      coordinate,
      ...loosenedIn(comparison, coordinate),
    } as const;
    return [
      {
        ...finding,
        severity: 'error',
        message: `${coordinate} asked for ${requirementInWords(old)} and now asks for ${requirementInWords(now)}.`,
        help: `Restore the directive, or ${approvalHint(finding)}`,
      },
    ];
  });
}

/** The subgraph in which the field, its type or what it gives lost a directive. */
function loosenedIn({ before, after }: Comparison, coordinate: string): Pick<Finding, 'subgraph' | 'location'> {
  const [type = ''] = coordinate.split('.');
  for (const element of [coordinate, type]) {
    for (const { name, index } of before.subgraphs) {
      const now = after.subgraphs.find((subgraph) => subgraph.name === name)?.index;
      const [old, current] = [index.get(element), now?.get(element)];
      if (!old || !isElement(old)) continue;
      const requirement = current && isElement(current) ? ownRequirement(current) : [[]];
      if (!isAsStrict(requirement, ownRequirement(old))) {
        return { subgraph: name, ...placeIn(after.subgraphs, name, coordinate) };
      }
    }
  }
  const owner = after.subgraphs.find(({ index }) => index.has(coordinate))?.name;
  return owner === undefined ? {} : { subgraph: owner, ...placeIn(after.subgraphs, owner, coordinate) };
}

/** A type is guarded in a subgraph when a field of it there is; what is added to it is guarded too, or approved. */
function unguarded({ before, after }: Comparison): Finding[] {
  const enforced = requirements(parse(after.composed.supergraph));
  const known = requirements(parse(before.composed.supergraph));
  return before.subgraphs.flatMap(({ name, index }) => {
    const now = after.subgraphs.find((subgraph) => subgraph.name === name);
    return fieldsOf(now?.index ?? new Map()).flatMap(([coordinate, field]): Finding[] => {
      const [type = ''] = coordinate.split('.');
      const open = (enforced.get(coordinate) ?? []).some((alternative) => alternative.length === 0);
      if (known.has(coordinate) || !open || !isGuardedType(index, type)) return [];
      const finding = { class: 'authorisation', rule: 'authorisation/unguarded', coordinate, subgraph: name } as const;
      return [
        {
          ...finding,
          severity: 'error',
          message: `${coordinate} is new, and anybody may read it; other fields of ${type} in ${name} ask for more.`,
          help: `Put @authenticated, @requiresScopes or @policy on it, or ${approvalHint(finding)}`,
          ...placeIn(after.subgraphs, name, `${type}.${field.name.value}`),
        },
      ];
    });
  });
}

function isGuardedType(index: SdlIndex, type: string): boolean {
  return fieldsOf(index).some(([coordinate, field]) => coordinate.startsWith(`${type}.`) && isGuarded(field));
}

function fieldsOf(index: SdlIndex): [string, FieldDefinitionNode][] {
  return [...index].flatMap(([coordinate, node]): [string, FieldDefinitionNode][] =>
    node.kind === Kind.FIELD_DEFINITION ? [[coordinate, node]] : [],
  );
}

function isElement(node: { readonly kind: string }): node is FieldDefinitionNode | ObjectTypeDefinitionNode {
  return 'directives' in node;
}
