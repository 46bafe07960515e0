import { CodedError } from '@marquee/errors';
import { type DocumentNode, GraphQLError, parse } from 'graphql';
import { measureOperation } from './measure.ts';

/** How large an operation may be. */
export interface OperationLimits {
  /** Characters of the document. */
  readonly maxCharacters: number;
  /** Lexical tokens of the document. */
  readonly maxTokens: number;
  /** Fields below one another; introspection is not counted. */
  readonly maxDepth: number;
  /** Aliased fields, counted as often as their fragment is spread. */
  readonly maxAliases: number;
  /** Fields of the operation's root, which all start at once. */
  readonly maxRootFields: number;
  /** Fields, counted as often as their fragment is spread: planning takes its time for each of them. */
  readonly maxFields: number;
  /** Operations in one HTTP request. */
  readonly maxBatch: number;
}

/** Roomy for every operation of our own clients; the contract test keeps it so. */
export const DEFAULT_LIMITS: OperationLimits = {
  maxCharacters: 64_000,
  maxTokens: 4_000,
  maxDepth: 14,
  maxAliases: 50,
  maxRootFields: 20,
  maxFields: 1_000,
  maxBatch: 10,
};

export function tooLarge(limit: keyof OperationLimits, max: number): CodedError {
  return new CodedError('OPERATION_TOO_LARGE', `The operation exceeds the limit '${limit}' of ${max}.`, { limit, max });
}

/** @throws OPERATION_TOO_LARGE by the text alone, before anything is spent on it. */
export function checkText(query: string, limits: OperationLimits): void {
  if (query.length > limits.maxCharacters) throw tooLarge('maxCharacters', limits.maxCharacters);
}

const measured = new WeakMap<DocumentNode, CodedError | null>();

/** @throws OPERATION_TOO_LARGE by depth, aliases or fields. A document is measured once. */
export function checkDocument(document: DocumentNode, limits: OperationLimits): void {
  let error = measured.get(document);
  if (error === undefined) {
    error = exceeded(document, limits);
    measured.set(document, error);
  }
  if (error) throw error;
}

function exceeded(document: DocumentNode, limits: OperationLimits): CodedError | null {
  const { depth, aliases, rootFields, fields } = measureOperation(document);
  if (depth > limits.maxDepth) return tooLarge('maxDepth', limits.maxDepth);
  if (aliases > limits.maxAliases) return tooLarge('maxAliases', limits.maxAliases);
  if (rootFields > limits.maxRootFields) return tooLarge('maxRootFields', limits.maxRootFields);
  if (fields > limits.maxFields) return tooLarge('maxFields', limits.maxFields);
  return null;
}

const TOO_MUCH = /^Syntax Error: Document contains more th\w+ \d+ tokens|^Maximum call stack size exceeded/;

/** Whether a failure is the parser's way to say that there are too many tokens, or that they nest too deep for it. */
export function isTokenLimit(error: { readonly message: string }): boolean {
  return TOO_MUCH.test(error.message);
}

/**
 * @throws OPERATION_TOO_LARGE, or a syntax error with GRAPHQL_PARSE_FAILED.
 */
export function parseWithin(query: string, limits: OperationLimits): DocumentNode {
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
