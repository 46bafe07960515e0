import {
  type ConstDirectiveNode,
  type GraphQLArgument,
  type GraphQLInputField,
  Kind,
  valueFromASTUntyped,
} from 'graphql';

/** The limits of an argument or input field, from its directives. */
export interface InputLimits {
  /** Maximum length of its lists. */
  readonly maxItems?: number;
  /** Maximum length of its strings, in UTF-16 code units. */
  readonly maxLength?: number;
  /** Whether it carries a credential. */
  readonly isSecret?: boolean;
}

/** Maximum length of an ID. */
export const MAX_ID_LENGTH = 128;
/** Maximum length of a string without a limit of its own. */
export const MAX_TEXT_LENGTH = 10_000;

export type InputDefinition = GraphQLArgument | GraphQLInputField;

const read = new WeakMap<InputDefinition, InputLimits>();

/** The `@constraint` and `@secret` of an argument or input field. */
export function limitsOf(definition: InputDefinition): InputLimits {
  const known = read.get(definition);
  if (known !== undefined) return known;
  const limits = limitsIn(definition.astNode?.directives ?? []);
  read.set(definition, limits);
  return limits;
}

/** Limits an argument or input field whose definition has no directives. */
export function setLimits(definition: InputDefinition, limits: InputLimits): void {
  read.set(definition, limits);
}

/** The limits that directives declare. */
export function limitsIn(directives: readonly ConstDirectiveNode[]): InputLimits {
  const declared: Record<string, number | boolean> = {};
  for (const { name, arguments: given = [] } of directives) {
    if (name.value === 'secret') declared['isSecret'] = true;
    if (name.value !== 'constraint') continue;
    for (const { name: limit, value } of given) {
      if (value.kind === Kind.INT) declared[limit.value] = Number(valueFromASTUntyped(value));
    }
  }
  return declared;
}

/** The stricter of two limits, for a variable that is used at several places. */
export function stricter(left: InputLimits, right: InputLimits): InputLimits {
  return { ...least('maxItems', left, right), ...least('maxLength', left, right) };
}

function least(limit: 'maxItems' | 'maxLength', left: InputLimits, right: InputLimits): InputLimits {
  const max = Math.min(left[limit] ?? Infinity, right[limit] ?? Infinity);
  return max === Infinity ? {} : { [limit]: max };
}
