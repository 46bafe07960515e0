import { createHash } from 'node:crypto';
import {
  type ASTNode,
  type FragmentDefinitionNode,
  Kind,
  type NameNode,
  type OperationDefinitionNode,
  parse,
  print,
  visit,
} from 'graphql';

import type { Operation } from './operation.ts';

/** The text that all documents with the same meaning share. */
export interface NormalizedText {
  readonly text: string;
  /** Equal for operations that differ only in layout, names of fragments or of the operation, or unused definitions. */
  readonly fingerprint: string;
}

/** An operation in the form that all documents with the same meaning share. */
export interface NormalizedOperation extends NormalizedText {
  readonly operation: Operation;
}

/** Longer names of operations are dropped, because subgraphs log them. */
const MAX_NAME = 100;

/**
 * Leaves only the operation, without its name, and the fragments that it uses, named in the order of their use.
 *
 * @param operation valid
 */
export function normalizedText({ definition, fragments }: Operation): NormalizedText {
  const names = new Map<string, string>();
  const nameOf = (given: string): NameNode => {
    const value = names.get(given) ?? `F${names.size}`;
    names.set(given, value);
    return { kind: Kind.NAME, value };
  };
  const renamed = <T extends ASTNode>(node: T): T =>
    visit(node, { FragmentSpread: (spread) => ({ ...spread, name: nameOf(spread.name.value) }) });

  const { name: _, ...unnamed } = renamed(definition);
  const used: FragmentDefinitionNode[] = [];
  // The iteration reaches the names that it adds.
  for (const given of names.keys()) {
    const fragment = fragments.get(given);
    if (fragment !== undefined) used.push({ ...renamed(fragment), name: nameOf(given) });
  }
  const text = print({ kind: Kind.DOCUMENT, definitions: [unnamed, ...used] });
  return { text, fingerprint: createHash('sha256').update(text).digest('base64') };
}

/**
 * The operation of a normalised text, with the name of the document that it was first sent in. It keeps nothing else of
 * that document, whose nodes would keep its whole text and every token, blanks and comments too.
 */
export function normalizedOperation(
  normalized: NormalizedText,
  { definition: { name }, rootType }: Operation,
): NormalizedOperation {
  const [unnamed, ...used] = parse(normalized.text, { noLocation: true }).definitions as [
    OperationDefinitionNode,
    ...FragmentDefinitionNode[],
  ];
  const isKept = name !== undefined && name.value.length <= MAX_NAME;
  const definition = { ...unnamed, ...(isKept && { name: { kind: Kind.NAME, value: copyOf(name.value) } as const }) };
  return {
    ...normalized,
    operation: {
      document: { kind: Kind.DOCUMENT, definitions: [definition, ...used] },
      definition,
      fragments: new Map(used.map((fragment) => [fragment.name.value, fragment])),
      rootType,
    },
  };
}

/** A part of a string keeps the whole. */
function copyOf(text: string): string {
  return Buffer.from(text).toString();
}
