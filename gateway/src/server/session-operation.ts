import { CodedError } from '@marquee/errors';
import {
  type FieldNode,
  getNamedType,
  type GraphQLField,
  type GraphQLSchema,
  isAbstractType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  visit,
} from 'graphql';

/** The field of a payload, and the argument of a mutation, that is a refresh token. */
const TOKEN = 'refreshToken';

/** A mutation that begins or continues a session. */
export interface SessionOperation {
  /** The variable that takes the refresh token; undefined when the mutation takes none. */
  readonly variable: string | undefined;
}

/**
 * Reads the mutation of a request to the session's endpoint.
 *
 * The answer must be a payload whose refresh token can be found and taken out, so it is one mutation field without an
 * alias on the token, and the token of the cookie goes into that field's own argument and nowhere else.
 *
 * @throws {CodedError} BAD_USER_INPUT when it is another operation
 */
export function readSessionOperation(schema: GraphQLSchema, query: string): SessionOperation {
  const document = parseOrRefuse(query);
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const [operation] = operations;
  const field = operation && operations.length === 1 ? onlyField(operation) : undefined;
  const definition = field && schema.getMutationType()?.getFields()[field.name.value];
  if (operation?.operation !== 'mutation' || !field || !definition || !givesToken(schema, definition)) throw refused();
  visit(document, {
    Field: ({ name, alias }) => {
      if (alias && (name.value === TOKEN || alias.value === TOKEN)) throw refused();
    },
  });
  const variable = tokenVariable(field);
  if (variable !== undefined && usesOf(operation, document, variable) !== 1) throw refused();
  return { variable };
}

function parseOrRefuse(query: string) {
  try {
    return parse(query, { noLocation: true, maxTokens: 500 });
  } catch {
    throw refused();
  }
}

function onlyField({ selectionSet: { selections } }: OperationDefinitionNode): FieldNode | undefined {
  const [selection] = selections;
  return selections.length === 1 && selection?.kind === Kind.FIELD ? selection : undefined;
}

/** Whether a possible type of the field's result has a refresh token. */
function givesToken(schema: GraphQLSchema, { type }: GraphQLField<unknown, unknown>): boolean {
  const named = getNamedType(type);
  const possible = isAbstractType(named) ? schema.getPossibleTypes(named) : isObjectType(named) ? [named] : [];
  return possible.some((each) => TOKEN in each.getFields());
}

function tokenVariable(field: FieldNode): string | undefined {
  const value = field.arguments?.find(({ name }) => name.value === TOKEN)?.value;
  return value?.kind === Kind.VARIABLE ? value.name.value : undefined;
}

/** How often a variable is used, beside its definition. */
function usesOf(operation: OperationDefinitionNode, document: ReturnType<typeof parse>, variable: string): number {
  let uses = 0;
  visit(document, { Variable: ({ name }) => void (uses += name.value === variable ? 1 : 0) });
  return uses - (operation.variableDefinitions ?? []).filter((each) => each.variable.name.value === variable).length;
}

const refused = (): CodedError =>
  new CodedError('BAD_USER_INPUT', 'Send one mutation that gives a session, such as login or refreshSession.', {
    field: 'query',
  });
