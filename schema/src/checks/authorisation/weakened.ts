import { type FieldDefinitionNode, Kind, type ObjectTypeDefinitionNode, parse } from 'graphql';

import type { Finding } from '../finding.ts';
import { approvalHint } from '../registry/approvals.ts';
import type { SdlIndex } from '../registry/locations.ts';
import { placeIn } from './comparison.ts';
import { isAsStrict, isGuarded, ownRequirement, requirementInWords, requirements } from './policies.ts';
import type { Comparison } from './state.ts';

/** Finds fields that more callers may read than before, and new unprotected fields of a protected type. */
export function authorisationFindings(comparison: Comparison): Finding[] {
  return [...loosened(comparison), ...unprotected(comparison)];
}

/** Compares the supergraphs, whose requirements the gateway enforces. */
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
        message: `${coordinate} required ${requirementInWords(old)} and now requires ${requirementInWords(now)}.`,
        help: `Restore the directive, or ${approvalHint(finding)}`,
      },
    ];
  });
}

/** The subgraph in which the field, its type or its return type lost a directive. */
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

/**
 * A type is protected in a subgraph when one of its fields there is. A new field of it must be protected too, or
 * approved.
 */
function unprotected({ before, after }: Comparison): Finding[] {
  const enforced = requirements(parse(after.composed.supergraph));
  const known = requirements(parse(before.composed.supergraph));
  return before.subgraphs.flatMap(({ name, index }) => {
    const now = after.subgraphs.find((subgraph) => subgraph.name === name);
    return fieldsOf(now?.index ?? new Map()).flatMap(([coordinate, field]): Finding[] => {
      const [type = ''] = coordinate.split('.');
      const open = (enforced.get(coordinate) ?? []).some((alternative) => alternative.length === 0);
      if (known.has(coordinate) || !open || !isGuardedType(index, type)) return [];
      const finding = {
        class: 'authorisation',
        rule: 'authorisation/unprotected',
        coordinate,
        subgraph: name,
      } as const;
      return [
        {
          ...finding,
          severity: 'error',
          message: `${coordinate} is new and open to everyone, unlike other fields of ${type} in ${name}.`,
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
