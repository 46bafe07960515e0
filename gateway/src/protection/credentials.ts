import { CodedError } from '@marquee/errors';
import { credentialFields } from '@marquee/input';
import { type DocumentNode, getOperationAST, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import type { Engine, Generation } from '../engine/api.ts';
import type { OperationCheck } from './checks.ts';
import { rootFields } from './root-fields.ts';

/**
 * An operation has at most one root field that takes a credential, and a request at most one such operation, so that
 * whoever guesses has to send each guess. Further operations of a batch are refused.
 */
export function limitCredentials(engine: Engine): OperationCheck {
  const generations = new WeakMap<Generation, WeakMap<OperationDefinitionNode, number>>();
  const used = new WeakSet<object>();
  return ({ document, operationName }, { record }) => {
    const operation = getOperationAST(document, operationName);
    if (!operation) return;
    const generation = engine.current();
    let known = generations.get(generation);
    if (!known) generations.set(generation, (known = new WeakMap()));
    let count = known.get(operation);
    if (count === undefined) known.set(operation, (count = countCredentials(generation.schema, document, operation)));
    if (count === 0) return;
    if (count > 1 || (record && used.has(record))) throw tooManyCredentials();
    if (record) used.add(record);
  };
}

function countCredentials(
  schema: GraphQLSchema,
  document: DocumentNode,
  { operation, selectionSet }: OperationDefinitionNode,
): number {
  const root = schema.getRootType(operation);
  const names = root ? credentialFields(root) : new Set();
  return [...rootFields(document, selectionSet).values()].filter((name) => names.has(name)).length;
}

function tooManyCredentials(): CodedError {
  const message = 'Send one field that takes a password, token or code in a request, and the others in their own.';
  return new CodedError('OPERATION_TOO_LARGE', message, { limit: 'credentials', max: 1 });
}
