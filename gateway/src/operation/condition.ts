import { type ASTNode, type DirectiveNode, Kind, visit } from 'graphql';

/** A variable that must have this value for a selection to be included. */
export interface Literal {
  readonly variable: string;
  readonly expected: boolean;
}

/** `@skip` and `@include` around a selection, all of which must hold; empty when it is always included. */
export type Condition = readonly Literal[];

export const ALWAYS: Condition = [];

/** Variables after coercion. */
export type CoercedVariables = Readonly<Record<string, unknown>>;

/** The condition of a selection within `outer`, or nothing when it can never be included. */
export function within(outer: Condition, directives: readonly DirectiveNode[] | undefined): Condition | undefined {
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

export function holds(condition: Condition, values: CoercedVariables): boolean {
  return condition.every(({ variable, expected }) => values[variable] === expected);
}

/** What `@skip` and `@include` say anywhere in these nodes: whether there are any, and the variables that they read. */
export function conditionsIn(nodes: readonly ASTNode[]): {
  readonly any: boolean;
  readonly variables: readonly string[];
} {
  let any = false;
  const variables = new Set<string>();
  const read = ({ name, arguments: given }: DirectiveNode): void => {
    if (name.value !== 'skip' && name.value !== 'include') return;
    any = true;
    for (const { value } of given ?? []) if (value.kind === Kind.VARIABLE) variables.add(value.name.value);
  };
  for (const node of nodes) visit(node, { Directive: read });
  return { any, variables: [...variables].toSorted() };
}

/** Whether a selection is included for these values. */
export function isIncluded(directives: readonly DirectiveNode[] | undefined, values: CoercedVariables): boolean {
  if (directives === undefined || directives.length === 0) return true;
  const condition = within(ALWAYS, directives);
  return condition !== undefined && holds(condition, values);
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
