import { createHash } from 'node:crypto';
import { type DocumentNode, Kind, print, separateOperations, visit } from 'graphql';

/**
 * Extracts a named operation from a document, with the fragments that it uses; undefined when there is none.
 *
 * @param operationName may be null when the document has one operation
 */
export function operationDocument(document: DocumentNode, operationName: string | null): DocumentNode | undefined {
  const operations = separateOperations(document);
  const names = Object.keys(operations);
  return operations[operationName ?? (names.length === 1 ? (names[0] ?? '') : '')];
}

/**
 * Identifies an operation. The hash ignores white space, the order of definitions, the `__typename` fields that client
 * libraries add, and literal strings and numbers.
 *
 * @param operation a document with one operation
 */
export function operationHash(operation: DocumentNode): string {
  const normalised = visit(operation, {
    [Kind.FIELD]: (field) => (field.name.value === '__typename' && !field.alias ? null : undefined),
    [Kind.STRING]: (node) => ({ ...node, value: '', block: false }),
    [Kind.INT]: (node) => ({ ...node, value: '0' }),
    [Kind.FLOAT]: (node) => ({ ...node, value: '0' }),
  });
  const definitions = normalised.definitions.map((definition) => print(definition)).toSorted();
  return shortHash(definitions);
}

/** Identifies an operation together with the coordinates it uses. */
export function usedOperationHash(operation: DocumentNode, coordinates: readonly string[]): string {
  return `${operationHash(operation)}.${shortHash(coordinates).slice(0, 8)}`;
}

/** The {@link operationHash} within a hash of {@link usedOperationHash}. */
export function operationPart(hash: string): string {
  return hash.split('.', 1)[0] ?? hash;
}

function shortHash(lines: readonly string[]): string {
  return createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 32);
}
