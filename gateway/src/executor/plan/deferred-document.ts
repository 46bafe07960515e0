import {
  type ConstDirectiveNode,
  type DirectiveNode,
  type FieldNode,
  Kind,
  type SelectionSetNode,
  visit,
} from 'graphql';

import { deferDirective, keyPath, labelOf } from '../../operation/defer.ts';
import type { Operation } from '../../operation/operation.ts';

/** A place of `@defer` in the document to plan. A fragment that is spread several times has several. */
export interface PlannedDefer {
  /** In the client's document. */
  readonly directive: DirectiveNode;
  /** Response keys from the root, without list indices. */
  readonly path: string;
  /** The part before `:` of the label of its fragments in the plan, of which there is one for each object type. */
  readonly label: string;
  /** The label of the deferred fragment around it. */
  readonly parent: string | undefined;
}

export interface LabelledOperation {
  readonly operation: Operation;
  readonly deferred: readonly PlannedDefer[];
}

/**
 * The operation with a unique label on each deferred fragment, for the planner. Named fragments are written inline, so
 * that each place of a fragment has its own.
 *
 * `__typename` is selected beside a deferred fragment, because its type conditions are evaluated before its fields are
 * fetched.
 *
 * @param filtered without conditions; its `@defer`s are active
 */
export function labelDefers(filtered: Operation, responseKeyOf: (dataKey: string) => string): LabelledOperation {
  const deferred: PlannedDefer[] = [];

  const inline = ({ selections }: SelectionSetNode, path: string, parent: string | undefined): SelectionSetNode => ({
    kind: Kind.SELECTION_SET,
    selections: selections.flatMap((node) => {
      if (node.kind === Kind.FIELD) return field(node, path, parent);
      const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : filtered.fragments.get(node.name.value);
      if (fragment === undefined) return [];
      const directive = deferDirective(node.directives, {});
      const label = directive && `defer${deferred.length}`;
      if (directive && label) deferred.push({ directive, path, label, parent });
      const written = {
        kind: Kind.INLINE_FRAGMENT,
        ...(fragment.typeCondition && { typeCondition: fragment.typeCondition }),
        ...(label && { directives: [labelledDefer(label)] }),
        selectionSet: inline(fragment.selectionSet, path, label ?? parent),
      } as const;
      return label && path !== '' ? [TYPENAME, written] : written;
    }),
  });

  const field = (node: FieldNode, path: string, parent: string | undefined): FieldNode => {
    if (node.selectionSet === undefined) return node;
    const key = responseKeyOf((node.alias ?? node.name).value);
    return { ...node, selectionSet: inline(node.selectionSet, keyPath([path, key]), parent) };
  };

  const definition = { ...filtered.definition, selectionSet: inline(filtered.definition.selectionSet, '', undefined) };
  const document = { kind: Kind.DOCUMENT, definitions: [definition] } as const;
  return { operation: { ...filtered, document, definition, fragments: new Map() }, deferred };
}

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/** The labelled operation with some fragments not deferred. */
export function withoutDefers(operation: Operation, labels: readonly string[]): Operation {
  if (labels.length === 0) return operation;
  const definition = visit(operation.definition, {
    Directive: (node) => (labels.includes(labelOf(node) ?? '') ? null : undefined),
  });
  return { ...operation, definition, document: { kind: Kind.DOCUMENT, definitions: [definition] } };
}

/** A `@defer` with a label. */
export function labelledDefer(label: string): ConstDirectiveNode {
  const value = { kind: Kind.STRING, value: label } as const;
  const argument = { kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: 'label' }, value } as const;
  return { kind: Kind.DIRECTIVE, name: { kind: Kind.NAME, value: 'defer' }, arguments: [argument] };
}

/** The label of a fragment's `@defer`. Only those that are obeyed are left when an operation is planned. */
export function plannedLabel(directives: readonly DirectiveNode[] | undefined): string | undefined {
  const defer = deferDirective(directives, {});
  return defer && labelOf(defer);
}

/** The label of a {@link PlannedDefer}, from that of one of its fragments in the plan. */
export function baseLabel(planned: string): string {
  return planned.slice(0, planned.indexOf(':'));
}
