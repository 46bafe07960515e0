import { type ASTVisitor, type FloatValueNode, GraphQLError, type IntValueNode, type ValidationContext } from 'graphql';

/** Numbers are within the range of a double: the planner and JSON have no others. */
export function finiteNumbersRule(context: ValidationContext): ASTVisitor {
  const check = (node: FloatValueNode | IntValueNode): void => {
    if (Number.isFinite(Number(node.value))) return;
    context.reportError(new GraphQLError('The number is too large.', { nodes: node }));
  };
  return { IntValue: check, FloatValue: check };
}
