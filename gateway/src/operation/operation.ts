import { fragmentsIn, inputLimitsRule, literalField, withoutValues } from '@marquee/input';
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  parse,
  specifiedRules,
  validate,
} from 'graphql';

import { DEFER_RULES } from './defer-rules.ts';
import { finiteNumbersRule } from './finite-numbers.ts';
import { oneOfVariablesRule } from './one-of-variables.ts';
import { type OperationRequest, RequestRejectedError } from './operation-request.ts';

const RULES = [...specifiedRules, ...DEFER_RULES, oneOfVariablesRule, finiteNumbersRule, inputLimitsRule];

/** The operation that a request selects, with the fragments of its document. */
export interface Operation {
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly rootType: GraphQLObjectType;
}

/**
 * Selects the operation of a document that may not be valid yet; {@link validateDocument} says.
 *
 * @throws {RequestRejectedError} with GRAPHQL_PARSE_FAILED, GRAPHQL_VALIDATION_FAILED or BAD_USER_INPUT.
 */
export function readOperation(schema: GraphQLSchema, request: OperationRequest): Operation {
  const document = request.document ?? parseDocument(request.query);
  // In the order of Apollo Server, so that the code is the same over every transport.
  const definition = pickOperation(document, request.operationName ?? undefined);
  const rootType = schema.getRootType(definition.operation);
  if (!rootType) {
    throw rejected([new GraphQLError(`The schema has no ${definition.operation}s.`)], 'GRAPHQL_VALIDATION_FAILED');
  }
  return { document, definition, fragments: fragmentsIn(document), rootType };
}

/** @throws {RequestRejectedError} with GRAPHQL_PARSE_FAILED, GRAPHQL_VALIDATION_FAILED or BAD_USER_INPUT. */
export function validateDocument(schema: GraphQLSchema, query: string): void {
  const document = parseDocument(query);
  const errors = validationErrors(schema, document);
  if (errors.length > 0) throw rejected(errors, 'GRAPHQL_VALIDATION_FAILED', document);
}

function parseDocument(query: string): DocumentNode {
  try {
    return parse(query);
  } catch (error) {
    if (error instanceof GraphQLError) throw rejected([error], 'GRAPHQL_PARSE_FAILED');
    throw error;
  }
}

function validationErrors(schema: GraphQLSchema, document: DocumentNode): readonly GraphQLError[] {
  try {
    return validate(schema, document, RULES);
  } catch (error) {
    // The rule for a subscription's single root field throws when the variable of @skip is not defined.
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
}

function pickOperation(document: DocumentNode, name: string | undefined): OperationDefinitionNode {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const named = name === undefined ? operations : operations.filter((definition) => definition.name?.value === name);
  const [operation, ...others] = named;
  if (operation === undefined) {
    const message = name === undefined ? 'The document has no operation.' : `Unknown operation named "${name}".`;
    throw rejected([new GraphQLError(message)], 'BAD_USER_INPUT');
  }
  if (others.length > 0) {
    const message = 'Must provide operation name if query contains multiple operations.';
    throw rejected([new GraphQLError(message)], 'BAD_USER_INPUT');
  }
  return operation;
}

/** No error quotes a value, which may be a credential. @param document names the argument or input field that an error is about */
function rejected(errors: readonly GraphQLError[], code: string, document?: DocumentNode): RequestRejectedError {
  return new RequestRejectedError(
    errors.map((error) => {
      const node = error.nodes?.at(-1);
      const field = document && node && literalField(document, node);
      const message = withoutValues(error.message);
      return {
        ...error.toJSON(),
        message,
        extensions: { code, ...(field !== undefined && { field }), ...error.extensions },
      };
    }),
  );
}
