import { createHash } from 'node:crypto';
import { type DocumentNode, Kind, print, separateOperations, visit } from 'graphql';

/**
 * The operation of a document by its name, with the fragments it uses and nothing else; nothing when the document has
 * no such operation.
 *
 * @param operationName may be left out when the document has one operation.
 */
export function operationDocument(document: DocumentNode, operationName: string | null): DocumentNode | undefined {
  const operations = separateOperations(document);
  const names = Object.keys(operations);
  return operations[operationName ?? (names.length === 1 ? (names[0] ?? '') : '')];
}

/**
 * Names an operation, whatever its layout: equal for documents that differ only in white space, in the order of their
 * definitions, in the `__typename` fields that client libraries put in, or in literal strings and numbers.
 *
 * @param operation a document with one operation.
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

/** Names an operation together with what it uses. */
export function usedOperationHash(operation: DocumentNode, coordinates: readonly string[]): string {
  return `${operationHash(operation)}.${shortHash(coordinates).slice(0, 8)}`;
}

/** The part of it that {@link operationHash} gives. */
export function operationPart(hash: string): string {
  return hash.split('.', 1)[0] ?? hash;
}

function shortHash(lines: readonly string[]): string {
  return createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 32);
}
