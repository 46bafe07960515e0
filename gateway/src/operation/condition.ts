import { type ASTNode, type DirectiveNode, Kind, visit } from 'graphql';

/** One `@skip` or `@include`: the variable must have this value. */
export interface Literal {
  readonly variable: string;
  readonly expected: boolean;
}

/** All `@skip` and `@include` of a selection and its ancestors; empty when it is always included. */
export type Condition = readonly Literal[];

export const ALWAYS: Condition = [];

export type CoercedVariables = Readonly<Record<string, unknown>>;

/** The condition of a selection below `outer`; undefined when it is never included. */
export function narrowCondition(
  outer: Condition,
  directives: readonly DirectiveNode[] | undefined,
): Condition | undefined {
  if (directives === undefined || directives.length === 0) return outer;
  let condition: Condition | undefined = outer;
  for (const directive of directives) {
    if (condition === undefined) return undefined;
    condition = and(condition, directive);
  }
  return condition;
}

/** Equal for equal conditions. */
export function conditionKey(condition: Condition): string {
  return condition.map(({ variable, expected }) => `${expected ? '' : '!'}${variable}`).join('&');
}

export function isMet(condition: Condition, values: CoercedVariables): boolean {
  return condition.every(({ variable, expected }) => values[variable] === expected);
}

/** The directives that a condition of the request decides. */
export const CONDITIONAL: ReadonlySet<string> = new Set(['skip', 'include', 'defer']);

/** Whether these nodes contain `@skip`, `@include` or `@defer`, and the variables of their conditions. */
export function findConditions(nodes: readonly ASTNode[]): {
  readonly any: boolean;
  readonly variables: readonly string[];
} {
  let any = false;
  const variables = new Set<string>();
  const read = ({ name, arguments: given }: DirectiveNode): void => {
    if (!CONDITIONAL.has(name.value)) return;
    any = true;
    for (const { value } of given ?? []) if (value.kind === Kind.VARIABLE) variables.add(value.name.value);
  };
  for (const node of nodes) visit(node, { Directive: read });
  return { any, variables: [...variables].toSorted() };
}

export function isIncluded(directives: readonly DirectiveNode[] | undefined, values: CoercedVariables): boolean {
  if (directives === undefined || directives.length === 0) return true;
  const condition = narrowCondition(ALWAYS, directives);
  return condition !== undefined && isMet(condition, values);
}

function and(outer: Condition, directive: DirectiveNode): Condition | undefined {
  const name = directive.name.value;
  if (name !== 'skip' && name !== 'include') return outer;
  const value = directive.arguments?.find((argument) => argument.name.value === 'if')?.value;
  const expected = name === 'include';
  if (value?.kind === Kind.BOOLEAN) return value.value === expected ? outer : undefined;
  if (value?.kind !== Kind.VARIABLE) return outer;
  const variable = value.name.value;
  const known = outer.find((literal) => literal.variable === variable);
  if (known !== undefined) return known.expected === expected ? outer : undefined;
  return [...outer, { variable, expected }].toSorted((a, b) => (a.variable < b.variable ? -1 : 1));
}
