import {
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
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
  /** Type name to the contexts that it sets. */
  readonly contexts: ReadonlyMap<string, readonly string[]>;
  /** `Type.field` to its arguments from a context. */
  readonly contextual: ReadonlyMap<string, readonly ContextualArgument[]>;
  /** Types that are interfaces in one subgraph and objects in another, or entity interfaces. */
  readonly entityInterfaces: ReadonlySet<string>;
}

export interface ContextualArgument {
  readonly name: string;
  readonly context: string;
  readonly selection: SelectionSetNode;
}

export function declarationsOf(documents: readonly DocumentNode[]): Declarations {
  const keys = new Map<string, SelectionSetNode[]>();
  const requires = new Map<string, SelectionSetNode>();
  const contexts = new Map<string, readonly string[]>();
  const contextual = new Map<string, ContextualArgument[]>();
  const entityInterfaces = new Set<string>();
  for (const definition of documents.flatMap((document) => document.definitions)) {
    const isObject = definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.OBJECT_TYPE_EXTENSION;
    if (!isObject && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    const name = definition.name.value;
    const own = fieldSets(definition, 'key');
    keys.set(name, [...(keys.get(name) ?? []), ...own]);
    if (!isObject && own.length > 0) entityInterfaces.add(name);
    const set = strings(definition, 'context', 'name');
    if (set.length > 0) contexts.set(name, set);
    for (const field of definition.fields ?? []) {
      const coordinate = `${name}.${field.name.value}`;
      for (const fields of fieldSets(field, 'requires')) requires.set(coordinate, fields);
      const given = (field.arguments ?? []).flatMap((argument) =>
        strings(argument, 'fromContext', 'field').map((value) => contextualArgument(argument.name.value, value)),
      );
      if (given.length > 0) contextual.set(coordinate, given);
    }
  }
  return { keys, requires, contexts, contextual, entityInterfaces };
}

/** @param value such as `$context { field }` */
function contextualArgument(name: string, value: string): ContextualArgument {
  const [, context = '', selection = ''] = /^\$(\w+)\s*(.*)$/s.exec(value) ?? [];
  return { name, context, selection: selectionSetOf(selection.startsWith('{') ? selection.slice(1, -1) : selection) };
}

function fieldSets(node: WithDirectives, directive: string): SelectionSetNode[] {
  return strings(node, directive, 'fields').map(selectionSetOf);
}

type WithDirectives = Pick<ObjectTypeDefinitionNode | FieldDefinitionNode | InputValueDefinitionNode, 'directives'>;

/** The values of an argument in each use of a directive. */
function strings(node: WithDirectives, directive: string, argument: string): string[] {
  return (node.directives ?? [])
    .filter(({ name }) => name.value === directive)
    .flatMap(({ arguments: given }) => given?.find(({ name }) => name.value === argument)?.value ?? [])
    .flatMap((value) => (value.kind === Kind.STRING ? [value.value] : []));
}

function selectionSetOf(fields: string): SelectionSetNode {
  const [definition] = parse(`{${fields}}`).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`Not a field set: ${fields}`);
  return definition.selectionSet;
}
