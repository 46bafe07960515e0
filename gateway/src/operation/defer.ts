import { type DirectiveNode, Kind } from 'graphql';

import type { CoercedVariables } from './condition.ts';

/** The active `@defer` of a fragment. `if` is true by default, also when its variable is not given. */
export function deferDirective(
  directives: readonly DirectiveNode[] | undefined,
  values: CoercedVariables,
): DirectiveNode | undefined {
  const defer = directives?.find(({ name }) => name.value === 'defer');
  const condition = defer && argumentOf(defer, 'if');
  if (condition?.kind === Kind.BOOLEAN) return condition.value ? defer : undefined;
  return condition?.kind === Kind.VARIABLE && values[condition.name.value] === false ? undefined : defer;
}

export function labelOf(defer: DirectiveNode): string | undefined {
  const label = argumentOf(defer, 'label');
  return label?.kind === Kind.STRING ? label.value : undefined;
}

export function argumentOf(directive: DirectiveNode, name: string) {
  return directive.arguments?.find((argument) => argument.name.value === name)?.value;
}

/** A path of response keys as text, without list indices. */
export function keyPath(segments: readonly (string | number)[]): string {
  return segments.filter((segment) => typeof segment === 'string' && segment !== '').join('.');
}
