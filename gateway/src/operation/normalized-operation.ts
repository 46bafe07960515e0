import { createHash } from 'node:crypto';
import { type ASTNode, type FragmentDefinitionNode, Kind, type NameNode, print, visit } from 'graphql';

import type { Operation } from './operation.ts';

/** An operation in the form that all documents with the same meaning share. */
export interface NormalizedOperation {
  readonly operation: Operation;
  /** Equal for operations that differ only in layout, names of fragments or of the operation, or unused definitions. */
  readonly fingerprint: string;
  /** Characters of its text. */
  readonly length: number;
}

/** Longer names of operations are dropped, because subgraphs log them. */
const MAX_NAME = 100;

/**
 * Leaves only the operation, with its name, and the fragments that it uses, named in the order of their use.
 *
 * @param operation valid
 */
export function normalizedOperation({ definition, fragments, rootType }: Operation): NormalizedOperation {
  const names = new Map<string, string>();
  const nameOf = (given: string): NameNode => {
    const value = names.get(given) ?? `F${names.size}`;
    names.set(given, value);
    return { kind: Kind.NAME, value };
  };
  const renamed = <T extends ASTNode>(node: T): T =>
    visit(node, { FragmentSpread: (spread) => ({ ...spread, name: nameOf(spread.name.value) }) });

  const { name, ...unnamed } = renamed(definition);
  const used: FragmentDefinitionNode[] = [];
  // The iteration reaches the names that it adds.
  for (const given of names.keys()) {
    const fragment = fragments.get(given);
    if (fragment !== undefined) used.push({ ...renamed(fragment), name: nameOf(given) });
  }
  const text = print({ kind: Kind.DOCUMENT, definitions: [unnamed, ...used] });
  const named = { ...unnamed, ...(name !== undefined && name.value.length <= MAX_NAME && { name }) };
  return {
    operation: {
      document: { kind: Kind.DOCUMENT, definitions: [named, ...used] },
      definition: named,
      fragments: new Map(used.map((fragment) => [fragment.name.value, fragment])),
      rootType,
    },
    fingerprint: createHash('sha256').update(text).digest('base64'),
    length: text.length,
  };
}
