import {
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  type SelectionSetNode,
} from 'graphql';

/** The federation directives of subgraphs. */
export interface Declarations {
  /** Type name to the selections of its keys, from all subgraphs. */
  readonly keys: ReadonlyMap<string, readonly SelectionSetNode[]>;
  /** `Type.field` to the fields that it requires. */
  readonly requires: ReadonlyMap<string, SelectionSetNode>;
  /** Types that are interfaces in one subgraph and objects in another, or entity interfaces. */
  readonly entityInterfaces: ReadonlySet<string>;
}

export function declarationsOf(documents: readonly DocumentNode[]): Declarations {
  const keys = new Map<string, SelectionSetNode[]>();
  const requires = new Map<string, SelectionSetNode>();
  const entityInterfaces = new Set<string>();
  for (const definition of documents.flatMap((document) => document.definitions)) {
    const isObject = definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.OBJECT_TYPE_EXTENSION;
    if (!isObject && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    const name = definition.name.value;
    const own = fieldSets(definition, 'key');
    keys.set(name, [...(keys.get(name) ?? []), ...own]);
    if (!isObject && own.length > 0) entityInterfaces.add(name);
    for (const field of definition.fields ?? []) {
      for (const fields of fieldSets(field, 'requires')) requires.set(`${name}.${field.name.value}`, fields);
    }
  }
  return { keys, requires, entityInterfaces };
}

function fieldSets(
  node: Pick<ObjectTypeDefinitionNode | FieldDefinitionNode, 'directives'>,
  directive: string,
): SelectionSetNode[] {
  return (node.directives ?? [])
    .filter(({ name }) => name.value === directive)
    .flatMap(({ arguments: given }) => given?.find(({ name }) => name.value === 'fields')?.value ?? [])
    .flatMap((value) => (value.kind === Kind.STRING ? [selectionSetOf(value.value)] : []));
}

function selectionSetOf(fields: string): SelectionSetNode {
  const [definition] = parse(`{${fields}}`).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`Not a field set: ${fields}`);
  return definition.selectionSet;
}
