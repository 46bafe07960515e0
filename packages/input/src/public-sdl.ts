import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type GraphQLSchema,
  type InputValueDefinitionNode,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  Kind,
  visit,
} from 'graphql';

import { type InputDefinition, limitsIn, setLimits } from './limits.ts';

const DIRECTIVES = new Set(['constraint', 'secret']);

/** Gives the arguments and input fields of a supergraph's public schema their limits, which federation leaves out. */
export function attachLimits(schema: GraphQLSchema, supergraph: DocumentNode): void {
  const nodes = inputNodesIn(supergraph);
  for (const [coordinate, definition] of inputDefinitionsIn(schema)) {
    const node = nodes.get(coordinate);
    if (node !== undefined) setLimits(definition, limitsIn(node.directives ?? []));
  }
}

/** The SDL of a public schema with the limits of its supergraph, so that client teams see them. */
export function withLimits(api: DocumentNode, supergraph: DocumentNode): DocumentNode {
  const nodes = inputNodesIn(supergraph);
  const restored = (coordinate: string, node: InputValueDefinitionNode): InputValueDefinitionNode => {
    const limits = nodes.get(coordinate)?.directives?.filter(isLimit) ?? [];
    return { ...node, directives: [...(node.directives ?? []).filter((each) => !isLimit(each)), ...limits] };
  };
  const withArguments = (type: string) => (field: FieldDefinitionNode) => ({
    ...field,
    arguments: field.arguments?.map((argument) =>
      restored(`${type}.${field.name.value}(${argument.name.value})`, argument),
    ),
  });
  const known = new Set(
    api.definitions.flatMap((each) => (each.kind === Kind.DIRECTIVE_DEFINITION ? [each.name.value] : [])),
  );
  const definitions = supergraph.definitions.filter(
    (each) => each.kind === Kind.DIRECTIVE_DEFINITION && DIRECTIVES.has(each.name.value) && !known.has(each.name.value),
  );
  const annotated = visit(api, {
    ObjectTypeDefinition: (type) => ({ ...type, fields: type.fields?.map(withArguments(type.name.value)) }),
    InterfaceTypeDefinition: (type) => ({ ...type, fields: type.fields?.map(withArguments(type.name.value)) }),
    InputObjectTypeDefinition: (type) => ({
      ...type,
      fields: type.fields?.map((field) => restored(`${type.name.value}.${field.name.value}`, field)),
    }),
  }) as DocumentNode;
  return { ...annotated, definitions: [...definitions, ...annotated.definitions] };
}

function isLimit({ name }: ConstDirectiveNode): boolean {
  return DIRECTIVES.has(name.value);
}

/** The arguments and input fields of an SDL, by coordinate: `Type.field(argument)`, `Input.field`. */
function inputNodesIn({ definitions }: DocumentNode): Map<string, InputValueDefinitionNode> {
  const nodes = new Map<string, InputValueDefinitionNode>();
  for (const type of definitions) {
    if (type.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION)
      for (const field of type.fields ?? []) nodes.set(`${type.name.value}.${field.name.value}`, field);
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const field of type.fields ?? [])
      for (const argument of field.arguments ?? [])
        nodes.set(`${type.name.value}.${field.name.value}(${argument.name.value})`, argument);
  }
  return nodes;
}

function* inputDefinitionsIn(schema: GraphQLSchema): Generator<[string, InputDefinition]> {
  for (const type of Object.values(schema.getTypeMap())) {
    if (isInputObjectType(type))
      for (const field of Object.values(type.getFields())) yield [`${type.name}.${field.name}`, field];
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields()))
      for (const argument of field.args) yield [`${type.name}.${field.name}(${argument.name})`, argument];
  }
}
