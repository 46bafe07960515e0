import { Kind, type ValueNode } from 'graphql';

/** The number of items in a value's lists. Not recursive, because JSON may be deep; its size is limited. */
export function itemsIn(value: unknown): number {
  let items = 0;
  const rest = isContainer(value) ? [value] : [];
  for (let at = rest.pop(); at !== undefined; at = rest.pop()) {
    if (Array.isArray(at)) items += at.length;
    for (const below of Object.values(at)) if (isContainer(below)) rest.push(below);
  }
  return items;
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** The number of items in a literal's lists, and the variables in it. */
export function itemsInLiteral(value: ValueNode): { readonly items: number; readonly variables: readonly string[] } {
  if (value.kind === Kind.VARIABLE) return { items: 0, variables: [value.name.value] };
  const isList = value.kind === Kind.LIST;
  const below = isList ? value.values : value.kind === Kind.OBJECT ? value.fields.map((field) => field.value) : [];
  const parts = below.map((part) => itemsInLiteral(part));
  return {
    items: parts.reduce((total, part) => total + part.items, isList ? below.length : 0),
    variables: parts.flatMap((part) => part.variables),
  };
}
