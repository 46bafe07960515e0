import {
  type ASTVisitor,
  type DirectiveNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type ValidationContext,
  visit,
} from 'graphql';

import { argumentOf } from './defer.ts';

/** The rules of `@defer` in the specification's draft, which graphql-js (16.15.0) does not have. */
export const DEFER_RULES = [deferLabelsRule, deferOnRootFieldsRule, deferInSubscriptionsRule];

/** Labels are literals, and unique in the document. */
export function deferLabelsRule(context: ValidationContext): ASTVisitor {
  const known = new Map<string, DirectiveNode>();
  return {
    Directive: (node) => {
      const label = isDefer(node) ? argumentOf(node, 'label') : undefined;
      if (label === undefined || label.kind === Kind.NULL) return;
      if (label.kind !== Kind.STRING) return report(context, 'The label of @defer must be a string literal.', node);
      const first = known.get(label.value);
      if (first) report(context, `The label "${label.value}" of @defer must be unique in the document.`, first, node);
      known.set(label.value, node);
    },
  };
}

/** The root fields of a mutation run in order, and a subscription has only one. */
export function deferOnRootFieldsRule(context: ValidationContext): ASTVisitor {
  return {
    Directive: (node) => {
      const type = context.getParentType();
      const schema = context.getSchema();
      const isRoot = type && (type === schema.getMutationType() || type === schema.getSubscriptionType());
      if (isRoot && isDefer(node)) report(context, `@defer cannot be used on the root type "${type.name}".`, node);
    },
  };
}

/** Events of a subscription are not deferred. A variable condition may be false. */
export function deferInSubscriptionsRule(context: ValidationContext): ASTVisitor {
  const check = (operation: OperationDefinitionNode): void => {
    const fragments = context.getRecursivelyReferencedFragments(operation);
    for (const part of [operation, ...fragments]) {
      visit(part, {
        Directive: (node) => {
          if (!isDefer(node) || canBeDisabled(node)) return;
          report(context, '@defer is not supported in subscriptions. Disable it with if: false.', node);
        },
      });
    }
  };
  return {
    OperationDefinition: (operation) => {
      if (operation.operation === OperationTypeNode.SUBSCRIPTION) check(operation);
    },
  };
}

function canBeDisabled(defer: DirectiveNode): boolean {
  const condition = argumentOf(defer, 'if');
  return condition?.kind === Kind.VARIABLE || (condition?.kind === Kind.BOOLEAN && !condition.value);
}

function isDefer({ name }: DirectiveNode): boolean {
  return name.value === 'defer';
}

function report(context: ValidationContext, message: string, ...nodes: DirectiveNode[]): void {
  context.reportError(new GraphQLError(message, { nodes }));
}
