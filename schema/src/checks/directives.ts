import { type ConstDirectiveNode, type ConstValueNode, Kind } from 'graphql';

/** The directives of a name on a node. */
export function directivesNamed(
  node: { readonly directives?: readonly ConstDirectiveNode[] | undefined },
  name: string,
): ConstDirectiveNode[] {
  return (node.directives ?? []).filter((directive) => directive.name.value === name);
}

export function argumentOf(directive: ConstDirectiveNode, name: string): ConstValueNode | undefined {
  return directive.arguments?.find((argument) => argument.name.value === name)?.value;
}

export function stringArgument(directive: ConstDirectiveNode, name: string): string | undefined {
  const value = argumentOf(directive, name);
  return value?.kind === Kind.STRING ? value.value : undefined;
}

/** The strings of a possibly nested list, one list for each outer item. */
export function stringLists(value: ConstValueNode | undefined): string[][] {
  if (value?.kind !== Kind.LIST) return [];
  return value.values.map((item) => {
    if (item.kind === Kind.STRING) return [item.value];
    return item.kind === Kind.LIST
      ? item.values.flatMap((inner) => (inner.kind === Kind.STRING ? [inner.value] : []))
      : [];
  });
}
