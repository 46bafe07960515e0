import { CodedError } from '@marquee/errors';
import { type DocumentNode, GraphQLError, parse } from 'graphql';
import type { Variables } from '../operation/operation-request.ts';
import { literalDepth } from './literal-depth.ts';
import { measureOperation } from './measure.ts';

/** Limits on the size of an operation. */
export interface OperationLimits {
  /** Characters of the document. */
  readonly maxCharacters: number;
  /** Lexical tokens of the document. */
  readonly maxTokens: number;
  /** Nesting of fields, introspection excluded; also of the lists and objects in a literal. */
  readonly maxDepth: number;
  /** Aliased fields, multiplied by the uses of their fragment. */
  readonly maxAliases: number;
  /** Fields of the operation's root, which run concurrently. */
  readonly maxRootFields: number;
  /** Fields, multiplied by the uses of their fragment, because each takes planning time. */
  readonly maxFields: number;
  /** Deferred fragments, multiplied by the uses of the fragment around them, because each takes planning time. */
  readonly maxDefers: number;
  /** Values in the variables: items of lists and fields of objects. */
  readonly maxValues: number;
  /** Operations in one HTTP request. */
  readonly maxBatch: number;
}

/** Every registered operation fits; a test checks it. */
export const DEFAULT_LIMITS: OperationLimits = {
  maxCharacters: 64_000,
  maxTokens: 4_000,
  maxDepth: 14,
  maxAliases: 50,
  maxRootFields: 20,
  maxFields: 1_000,
  maxDefers: 20,
  maxValues: 20_000,
  maxBatch: 10,
};

export function tooLarge(limit: keyof OperationLimits, max: number): CodedError {
  return new CodedError('OPERATION_TOO_LARGE', `The operation exceeds the limit '${limit}' of ${max}.`, { limit, max });
}

/** Checks the query's length, before parsing. @throws OPERATION_TOO_LARGE */
export function checkText(query: string, limits: OperationLimits): void {
  if (query.length > limits.maxCharacters) throw tooLarge('maxCharacters', limits.maxCharacters);
}

const measured = new WeakMap<DocumentNode, CodedError | null>();

/** Checks depth, aliases, fields and deferred fragments; once for each document. @throws OPERATION_TOO_LARGE */
export function checkDocument(document: DocumentNode, limits: OperationLimits): void {
  let error = measured.get(document);
  if (error === undefined) {
    error = exceeded(document, limits);
    measured.set(document, error);
  }
  if (error) throw error;
}

function exceeded(document: DocumentNode, limits: OperationLimits): CodedError | null {
  const { depth, aliases, rootFields, fields, defers } = measureOperation(document);
  if (Math.max(depth, literalDepth(document)) > limits.maxDepth) return tooLarge('maxDepth', limits.maxDepth);
  if (aliases > limits.maxAliases) return tooLarge('maxAliases', limits.maxAliases);
  if (rootFields > limits.maxRootFields) return tooLarge('maxRootFields', limits.maxRootFields);
  if (fields > limits.maxFields) return tooLarge('maxFields', limits.maxFields);
  if (defers > limits.maxDefers) return tooLarge('maxDefers', limits.maxDefers);
  return null;
}

/** Checks the number of values in variables, before anything else walks them. @throws OPERATION_TOO_LARGE */
export function checkVariables(variables: Variables, { maxValues }: Pick<OperationLimits, 'maxValues'>): void {
  if (!hasMoreValues(variables, maxValues)) return;
  throw tooLarge('maxValues', maxValues);
}

function hasMoreValues(variables: Variables, max: number): boolean {
  let left = max;
  const rest: object[] = [variables];
  for (let container = rest.pop(); container !== undefined; container = rest.pop()) {
    const values: readonly unknown[] = Array.isArray(container) ? container : Object.values(container);
    left -= values.length;
    if (left < 0) return true;
    for (const value of values) if (typeof value === 'object' && value !== null) rest.push(value);
  }
  return false;
}

const TOKEN_LIMIT = /^Syntax Error: Document contains more th\w+ \d+ tokens|^Maximum call stack size exceeded/;

/** Whether the parser failed because of too many tokens or too deep nesting. */
export function isTokenLimit(error: { readonly message: string }): boolean {
  return TOKEN_LIMIT.test(error.message);
}

/** Parses a query and checks its size. @throws OPERATION_TOO_LARGE or GRAPHQL_PARSE_FAILED */
export function parseWithinLimits(query: string, limits: OperationLimits): DocumentNode {
  checkText(query, limits);
  try {
    const document = parse(query, { maxTokens: limits.maxTokens });
    checkDocument(document, limits);
    return document;
  } catch (error) {
    if (error instanceof Error && isTokenLimit(error)) throw tooLarge('maxTokens', limits.maxTokens);
    if (!(error instanceof GraphQLError)) throw error;
    throw new GraphQLError(error.message, {
      ...(error.source ? { source: error.source } : {}),
      ...(error.positions ? { positions: error.positions } : {}),
      extensions: { code: 'GRAPHQL_PARSE_FAILED' },
    });
  }
}
