import { CodedError } from '@marquee/errors';
import {
  type DocumentNode,
  type FieldNode,
  getNamedType,
  type GraphQLField,
  type GraphQLSchema,
  isAbstractType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql';

/** The field of a payload, and the argument of a mutation, that is a refresh token. */
export const REFRESH_TOKEN = 'refreshToken';

/** A mutation that begins or continues a session. */
export interface SessionOperation {
  /** The name of its result in the response. */
  readonly responseKey: string;
  /** The variable that takes the refresh token; undefined when the mutation takes none. */
  readonly variable: string | undefined;
}

/**
 * Reads a mutation for the session's endpoint, of a document that is not yet validated.
 *
 * Its refresh token has to be found in the response and taken out, so the response has it under its own name, always.
 * The token of the cookie goes into the mutation's own argument and nowhere else.
 *
 * @throws BAD_USER_INPUT when it is another operation
 */
export function readSessionOperation(schema: GraphQLSchema, document: DocumentNode): SessionOperation {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const [operation] = operations;
  if (operation?.operation !== 'mutation' || operations.length > 1) throw refused();
  const field = onlyField(operation);
  const definition = field && schema.getMutationType()?.getFields()[field.name.value];
  if (!field || !definition || !givesToken(schema, definition) || !selectsToken(document)) throw refused();
  const variable = takesToken(definition) ? tokenVariable(field, document, operation) : undefined;
  return { responseKey: field.alias?.value ?? field.name.value, variable };
}

function onlyField({ selectionSet: { selections } }: OperationDefinitionNode): FieldNode | undefined {
  const [selection] = selections;
  return selections.length === 1 && selection?.kind === Kind.FIELD ? selection : undefined;
}

/** Whether a possible type of the field's result has a refresh token. */
function givesToken(schema: GraphQLSchema, { type }: GraphQLField<unknown, unknown>): boolean {
  const named = getNamedType(type);
  const possible = isAbstractType(named) ? schema.getPossibleTypes(named) : isObjectType(named) ? [named] : [];
  return possible.some((each) => REFRESH_TOKEN in each.getFields());
}

function takesToken({ args }: GraphQLField<unknown, unknown>): boolean {
  return args.some(({ name }) => name === REFRESH_TOKEN);
}

/** Whether the refresh token is selected, by its own name. A directive could leave it out. */
function selectsToken(document: DocumentNode): boolean {
  let isSelected = false;
  let isPlain = true;
  visit(document, {
    Field: ({ name, alias }) => {
      if (name.value === REFRESH_TOKEN) isSelected = true;
      if (alias && (name.value === REFRESH_TOKEN || alias.value === REFRESH_TOKEN)) isPlain = false;
    },
    Directive: () => {
      isPlain = false;
    },
  });
  return isSelected && isPlain;
}

/** @throws BAD_USER_INPUT when the token is written into the document, or its variable is used elsewhere too */
function tokenVariable({ arguments: given }: FieldNode, document: DocumentNode, operation: OperationDefinitionNode) {
  const value = given?.find(({ name }) => name.value === REFRESH_TOKEN)?.value;
  if (value?.kind !== Kind.VARIABLE) throw refused();
  const variable = value.name.value;
  let uses = 0;
  visit(document, { Variable: ({ name }) => void (uses += name.value === variable ? 1 : 0) });
  const definitions = (operation.variableDefinitions ?? []).filter((each) => each.variable.name.value === variable);
  if (uses - definitions.length !== 1) throw refused();
  return variable;
}

const refused = (): CodedError =>
  new CodedError(
    'BAD_USER_INPUT',
    'Send one mutation that gives a session, such as login or refreshSession, with its refreshToken selected.',
    { field: 'query' },
  );
