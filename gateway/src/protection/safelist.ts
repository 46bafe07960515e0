import { CodedError } from '@marquee/errors';
import { type DocumentNode, Kind, parse, print, separateOperations, visit } from 'graphql';
import type { OperationCheck, Requester } from './checks.ts';
import { readOperationsManifest } from './operations-manifest.ts';
import { sha256 } from './persisted-queries.ts';

/** The registered operations of all clients. */
export interface RegisteredOperations {
  /** By the SHA-256 of the printed document, which clients may send instead of the text. */
  readonly texts: ReadonlyMap<string, string>;
  has(document: DocumentNode): boolean;
}

/** `log` allows unregistered operations and counts them; `enforce` rejects them. */
export type SafelistMode = 'off' | 'log' | 'enforce';

export interface SafelistOptions {
  readonly mode: SafelistMode;
  readonly registered: RegisteredOperations;
  readonly onUnregistered: (requester: Requester) => void;
}

/** @throws OPERATION_NOT_REGISTERED */
export function safelist({ mode, registered, onUnregistered }: SafelistOptions): OperationCheck {
  return ({ document }, requester) => {
    if (mode === 'off' || registered.has(document)) return;
    onUnregistered(requester);
    if (mode === 'enforce') throw new CodedError('OPERATION_NOT_REGISTERED');
  };
}

/** Reads the registered operations of a manifest. @throws like {@link readOperationsManifest} */
export async function readRegisteredOperations(file: string): Promise<RegisteredOperations> {
  return registeredOperations((await readOperationsManifest(file)).map(({ body }) => parse(body)));
}

export function registeredOperations(documents: readonly DocumentNode[]): RegisteredOperations {
  const operations = documents.flatMap((document) => Object.values(separateOperations(document)));
  const texts = operations.map((operation) => print(operation));
  const fingerprints = new Set(operations.map(fingerprint));
  const known = new WeakMap<DocumentNode, boolean>();
  return {
    texts: new Map(texts.map((text) => [sha256(text), text])),
    has: (document) => {
      const answer = known.get(document) ?? fingerprints.has(fingerprint(document));
      known.set(document, answer);
      return answer;
    },
  };
}

/**
 * Equal for documents that differ only in layout, in the order of definitions, or in the `__typename` fields that
 * client libraries add.
 */
function fingerprint(document: DocumentNode): string {
  const bare = visit(document, {
    [Kind.FIELD]: (field) => (field.name.value === '__typename' && !field.alias ? null : undefined),
  });
  return sha256(
    bare.definitions
      .map((definition) => print(definition))
      .toSorted()
      .join('\n'),
  );
}
