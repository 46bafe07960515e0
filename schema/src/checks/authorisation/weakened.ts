import type { ASTNode, ConstDirectiveNode } from 'graphql';

import type { Finding } from '../../finding.ts';
import { groupBy } from '../../group-by.ts';
import { approvalHint } from '../../registry/approvals.ts';
import { placeIn } from '../comparison.ts';
import type { Comparison } from '../state.ts';
import type { Access, AccessField } from './access.ts';
import {
  both,
  isAsStrict,
  isOpen,
  NOTHING,
  ownRequirement,
  type Requirement,
  requirementInWords,
} from './requirement.ts';

interface Weakened {
  readonly old: AccessField;
  readonly now: AccessField;
  /** The field, or the type whose directive it lost. */
  readonly element: string;
}

/** Finds fields and types that require less than before, in the supergraphs, whose requirements the gateway enforces. */
export function weakenedFindings(comparison: Comparison, before: Access, after: Access): Finding[] {
  const weakened = [...before.fields.values()].flatMap((old): Weakened[] => {
    const now = after.fields.get(old.coordinate);
    if (!now || isAsStrict(now.requirement, old.requirement)) return [];
    return [{ old, now, element: elementOf(old, now, before, after) }];
  });
  return [...groupBy(weakened, ({ element }) => element)].map(([element, fields]) => {
    const [first] = fields;
    const isType = before.types.has(element);
    const old = isType ? before.types.get(element) : first?.old.requirement;
    const now = isType ? after.types.get(element) : first?.now.requirement;
    return weakenedFinding(comparison, element, { old: old ?? NOTHING, now: now ?? NOTHING }, fields);
  });
}

function weakenedFinding(
  comparison: Comparison,
  element: string,
  { old, now }: { readonly old: Requirement; readonly now: Requirement },
  fields: readonly Weakened[],
): Finding {
  const open = fields.some((field) => isOpen(field.now.requirement));
  const finding = {
    class: 'authorisation',
    rule: open ? 'authorisation/removed' : 'authorisation/loosened',
    coordinate: element,
    ...weakenedIn(comparison, element),
  } as const;
  const which = element.includes('.') ? '' : ` This opens ${fields.map((field) => field.old.coordinate).join(', ')}.`;
  return {
    ...finding,
    severity: 'error',
    message: `${element} required ${requirementInWords(old)} and now requires ${requirementInWords(now)}.${which}`,
    help: `Restore the directive, or ${approvalHint(finding)}`,
  };
}

/** The type, where its directive alone explains the difference; else the field. */
function elementOf(old: AccessField, now: AccessField, before: Access, after: Access): string {
  const types = old.gives === now.gives ? [old.type, old.gives] : [old.type];
  const lost = types.find((name) => {
    const [was, is] = [before.types.get(name) ?? NOTHING, after.types.get(name) ?? NOTHING];
    return !isAsStrict(is, was) && isAsStrict(both(now.requirement, was), old.requirement);
  });
  return lost ?? old.coordinate;
}

/** The subgraph in which an element lost a directive, or one that has it. */
function weakenedIn({ before, after }: Comparison, element: string): Pick<Finding, 'subgraph' | 'location'> {
  const lost = before.subgraphs.find(({ name, index }) => {
    const now = after.subgraphs.find((subgraph) => subgraph.name === name)?.index.get(element);
    const old = index.get(element);
    return old && !isAsStrict(now ? requirementOf(now) : NOTHING, requirementOf(old));
  });
  const subgraph = lost?.name ?? after.subgraphs.find(({ index }) => index.has(element))?.name;
  return subgraph === undefined ? {} : { subgraph, ...placeIn(after.subgraphs, subgraph, element) };
}

/** The directives of SDL are constant. */
function requirementOf(node: ASTNode): Requirement {
  return ownRequirement(node as { readonly directives?: readonly ConstDirectiveNode[] });
}
