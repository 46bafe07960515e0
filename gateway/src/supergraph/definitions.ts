import {
  type DirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  type TypeNode,
  visit,
} from 'graphql';

export type FieldsType = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

/** The definitions of a supergraph's SDL that its required fields depend on. */
export interface Definitions {
  readonly types: ReadonlyMap<string, FieldsType>;
  /** The types that set a context, by its name. */
  readonly contexts: ReadonlyMap<string, readonly string[]>;
  /** The fields at the top of keys. */
  readonly keys: ReadonlySet<string>;
}

export function definedIn({ definitions }: DocumentNode): Definitions {
  const types = new Map<string, FieldsType>();
  const contexts = new Map<string, string[]>();
  const keys = new Set<string>();
  for (const definition of definitions) {
    const isUnion = definition.kind === Kind.UNION_TYPE_DEFINITION;
    if (!isUnion && !hasFields(definition)) continue;
    const name = definition.name.value;
    if (hasFields(definition)) types.set(name, definition);
    for (const context of strings(definition, 'context', 'name')) {
      contexts.set(context, [...(contexts.get(context) ?? []), name]);
    }
    for (const key of strings(definition, 'join__type', 'key').flatMap(fieldsAtTop)) keys.add(key);
  }
  return { types, contexts, keys };
}

function hasFields(definition: DocumentNode['definitions'][number]): definition is FieldsType {
  return definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION;
}

/** The values of an argument in each use of a directive. */
function strings(
  node: { readonly directives?: readonly DirectiveNode[] | undefined },
  directive: string,
  name: string,
) {
  return (node.directives ?? [])
    .filter((each) => each.name.value === directive)
    .flatMap((each) => each.arguments?.filter((argument) => argument.name.value === name) ?? [])
    .flatMap(({ value }) => (value.kind === Kind.STRING ? [value.value] : []));
}

/** Also those in fragments. */
export function fieldsAtTop(fieldSet: string): string[] {
  const names: string[] = [];
  visit(parse(`{${fieldSet}}`, { noLocation: true }), {
    Field: ({ name }) => {
      names.push(name.value);
      return false;
    },
  });
  return names;
}

export function fieldOf(type: FieldsType | undefined, name: string): FieldDefinitionNode | undefined {
  return type?.fields?.find((field) => field.name.value === name);
}

export function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}
