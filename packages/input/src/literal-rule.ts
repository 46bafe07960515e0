import {
  type ASTVisitor,
  getNamedType,
  GraphQLError,
  GraphQLID,
  type IntValueNode,
  type StringValueNode,
  type ValidationContext,
  type ValueNode,
} from 'graphql';

import { type InputDefinition, type InputLimits, limitsOf, MAX_ID_LENGTH, MAX_TEXT_LENGTH } from './limits.ts';
import { literalField } from './literal-field.ts';
import { textProblem } from './text.ts';
import { tooManyItems } from './value-check.ts';
import { inputFieldIn } from './variable-limits.ts';

/** Lists and strings in a document are within the limits of their argument or input field, and strings are storable. */
export function inputLimitsRule(context: ValidationContext): ASTVisitor {
  const around: InputLimits[] = [];
  const report = (node: ValueNode, message: string): void => {
    const field = literalField(context.getDocument(), node);
    const extensions = { code: 'BAD_USER_INPUT', ...(field !== undefined && { field }) };
    context.reportError(new GraphQLError(message, { nodes: node, extensions }));
  };
  const enter = (input: InputDefinition | null | undefined): void => void around.push(input ? limitsOf(input) : {});
  const leave = (): void => void around.pop();
  const isId = (): boolean => getNamedType(context.getInputType())?.name === GraphQLID.name;
  const checkText = (node: StringValueNode | IntValueNode): void => {
    const { maxLength = isId() ? MAX_ID_LENGTH : MAX_TEXT_LENGTH } = around.at(-1) ?? {};
    const message = textProblem(node.value, maxLength);
    if (message !== undefined) report(node, message);
  };
  return {
    Argument: { enter: () => enter(context.getArgument()), leave },
    ObjectField: { enter: ({ name }) => enter(inputFieldIn(context, name.value)), leave },
    ListValue: (node) => {
      const { maxItems = Infinity } = around.at(-1) ?? {};
      if (node.values.length > maxItems) report(node, tooManyItems(maxItems));
    },
    StringValue: checkText,
    IntValue: (node) => void (isId() && checkText(node)),
  };
}
