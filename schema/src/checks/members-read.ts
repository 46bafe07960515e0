import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';

/** The mark of an object type that an operation reads as a member of a union or interface. */
export function memberRead(abstract: string, member: string): string {
  return `${abstract}>${member}`;
}

/**
 * The members of unions and interfaces from which an operation reads anything, `__typename` included, as marks.
 *
 * A member that no type condition fits and that is not asked for its `__typename` is not read.
 */
export function membersRead(schema: GraphQLSchema, document: DocumentNode): ReadonlySet<string> {
  const marks = new Set<string>();
  const fragments = new Map(
    document.definitions.flatMap((node): [string, FragmentDefinitionNode][] =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [],
    ),
  );
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const root = schema.getRootType(definition.operation);
    if (root)
      walk({ schema, marks, fragments, open: new Set() }, definition.selectionSet, positionOf(schema, root.name));
  }
  return marks;
}

interface Walk {
  readonly schema: GraphQLSchema;
  readonly marks: Set<string>;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** The fragments being walked, because those of an invalid document may contain themselves. */
  readonly open: ReadonlySet<string>;
}

/** A place in an operation: the types that an object may have there. */
interface Position {
  readonly type: string;
  readonly objects: readonly string[];
  /** The abstract types by which the operation got there from the last field. */
  readonly through: readonly string[];
}

function walk(state: Walk, { selections }: SelectionSetNode, at: Position): void {
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) {
      for (const abstract of at.through) for (const object of at.objects) state.marks.add(memberRead(abstract, object));
      const gives = fieldType(state.schema, at.type, selection.name.value);
      if (selection.selectionSet && gives) walk(state, selection.selectionSet, positionOf(state.schema, gives));
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      walk(state, selection.selectionSet, narrowed(state.schema, at, selection.typeCondition?.name.value));
    } else {
      const fragment = state.fragments.get(selection.name.value);
      if (!fragment || state.open.has(fragment.name.value)) continue;
      const inside = { ...state, open: new Set([...state.open, fragment.name.value]) };
      walk(inside, fragment.selectionSet, narrowed(state.schema, at, fragment.typeCondition.name.value));
    }
  }
}

function positionOf(schema: GraphQLSchema, name: string): Position {
  const type = schema.getType(name);
  if (!isAbstractType(type)) return { type: name, objects: [name], through: [] };
  return { type: name, objects: schema.getPossibleTypes(type).map((each) => each.name), through: [name] };
}

function narrowed(schema: GraphQLSchema, at: Position, condition: string | undefined): Position {
  if (condition === undefined || !isCompositeType(schema.getType(condition))) return at;
  const { objects, through } = positionOf(schema, condition);
  return {
    type: condition,
    objects: at.objects.filter((object) => objects.includes(object)),
    through: [...at.through, ...through],
  };
}

function fieldType(schema: GraphQLSchema, parent: string, field: string): string | undefined {
  const type = schema.getType(parent);
  if (!isObjectType(type) && !isInterfaceType(type)) return undefined;
  const definition = type.getFields()[field];
  return definition && getNamedType(definition.type).name;
}
