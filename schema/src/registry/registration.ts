import { type DocumentNode, type OperationDefinitionNode, Kind, parse } from 'graphql';
import { z } from 'zod';

import type { RegisteredOperation } from './operations.ts';
import { persisted } from './operations-manifest.ts';

const day = z.iso.date();

const registrationShape = z.array(
  z.strictObject({
    client: z.string().min(1),
    name: z.string().min(1),
    id: z.string().regex(/^[0-9a-f]{64}$/),
    registered: day,
    removed: day.optional(),
    body: z.string().min(1),
  }),
);

/** A published version of an operation. It lives on after its client edited or removed it, until it is retired. */
export interface PublishedOperation extends RegisteredOperation {
  /** The SHA-256 of its body. */
  readonly id: string;
  /** The day of its first publication. */
  readonly registered: string;
  /** The day of the publication since which the client's documents lack it. */
  readonly removed?: string | undefined;
}

/** Reads published operations. @returns undefined when the text is damaged */
export function readRegistration(text: string): PublishedOperation[] | undefined {
  try {
    return registrationShape.parse(JSON.parse(text)).map(({ body, ...entry }) => {
      const document = parse(body);
      return { ...entry, document, definition: operationIn(document) };
    });
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}

/** The operations to publish: those of the documents, and former ones that live on. */
export function nextRegistration(
  registered: readonly RegisteredOperation[],
  published: readonly PublishedOperation[],
  former: readonly PublishedOperation[],
  today: string,
): PublishedOperation[] {
  const current = registered.map((operation): PublishedOperation => {
    const { id } = persisted(operation);
    const known = published.find((each) => each.client === operation.client && each.id === id);
    return { ...operation, id, registered: known?.registered ?? today };
  });
  return [...current, ...former.map((operation) => ({ ...operation, removed: operation.removed ?? today }))];
}

/** The published form of operations. */
export function registrationText(operations: readonly PublishedOperation[]): string {
  const entries = operations
    .map((operation) => {
      const { client, name, registered, removed } = operation;
      const { id, body } = persisted(operation);
      return { client, name, id, registered, ...(removed ? { removed } : {}), body };
    })
    .toSorted((a, b) => compare(a.client, b.client) || compare(a.name, b.name) || compare(a.id, b.id));
  return `${JSON.stringify(entries, null, 2)}\n`;
}

function operationIn({ definitions }: DocumentNode): OperationDefinitionNode {
  const found = definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (!found) throw new Error('A published operation is none.');
  return found;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
