import { type ASTNode, type DocumentNode, type GraphQLSchema, Kind, parse, print, validate, visit } from 'graphql';

import type { GeneratedOperation } from '../differential/operations.ts';

const MAX_ATTEMPTS = 400;

const REMOVABLE: ReadonlySet<string> = new Set([
  Kind.FIELD,
  Kind.INLINE_FRAGMENT,
  Kind.FRAGMENT_SPREAD,
  Kind.DIRECTIVE,
  Kind.ARGUMENT,
]);

/** The smallest valid operation found that fails in the same way. */
export async function shrink(
  schema: GraphQLSchema,
  operation: GeneratedOperation,
  fails: (smaller: GeneratedOperation) => Promise<boolean>,
): Promise<GeneratedOperation> {
  let smallest = operation;
  let index = 0;
  let isSmaller = false;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const candidates = smallerBy(parse(smallest.query), index);
    if (candidates === undefined && !isSmaller) return smallest;
    const found = await firstFailing(schema, smallest, candidates ?? [], fails);
    if (found !== undefined) {
      smallest = found;
      isSmaller = true;
    } else if (candidates !== undefined) {
      index++;
    } else {
      // A removed node may have kept an earlier node.
      index = 0;
      isSmaller = false;
    }
  }
  return smallest;
}

async function firstFailing(
  schema: GraphQLSchema,
  { query, variables }: GeneratedOperation,
  candidates: readonly DocumentNode[],
  fails: (smaller: GeneratedOperation) => Promise<boolean>,
): Promise<GeneratedOperation | undefined> {
  for (const candidate of candidates) {
    const smaller = { query: print(candidate), variables };
    if (smaller.query === query || validate(schema, candidate).length > 0) continue;
    if (await fails(smaller)) return smaller;
  }
  return undefined;
}

/** The document without its n-th removable node, or with its content in its place; undefined beyond the last. */
function smallerBy(document: DocumentNode, index: number): DocumentNode[] | undefined {
  const target = removableNodes(document)[index];
  if (target === undefined) return undefined;
  const removed = visit(document, { enter: (node) => (node === target ? null : undefined) }) as DocumentNode;
  const unwrapped = target.kind === Kind.INLINE_FRAGMENT ? [unwrap(document, target)] : [];
  const unaliased = target.kind === Kind.FIELD && target.alias !== undefined ? [withoutAlias(document, target)] : [];
  return [removed, ...unwrapped, ...unaliased].map(tidy);
}

function removableNodes(document: DocumentNode): ASTNode[] {
  const nodes: ASTNode[] = [];
  visit(document, { enter: (node) => void (REMOVABLE.has(node.kind) && nodes.push(node)) });
  return nodes;
}

function unwrap(document: DocumentNode, target: ASTNode): DocumentNode {
  return visit(document, {
    SelectionSet: (node) => ({
      ...node,
      selections: node.selections.flatMap((each) =>
        each === target && each.kind === Kind.INLINE_FRAGMENT ? each.selectionSet.selections : [each],
      ),
    }),
  });
}

function withoutAlias(document: DocumentNode, target: ASTNode): DocumentNode {
  return visit(document, {
    Field: (node) => (node === target ? { ...node, alias: undefined } : undefined),
  });
}

/** Fills empty selections; removes unused fragments and variables. */
function tidy(document: DocumentNode): DocumentNode {
  const filled: DocumentNode = visit(document, {
    SelectionSet: (node) => (node.selections.length === 0 ? { ...node, selections: [TYPENAME] } : undefined),
  });
  const used = new Set<string>();
  visit(filled, {
    VariableDefinition: () => false,
    Variable: ({ name }) => void used.add(`$${name.value}`),
    FragmentSpread: ({ name }) => void used.add(name.value),
  });
  const tidied: DocumentNode = visit(filled, {
    FragmentDefinition: ({ name }) => (used.has(name.value) ? undefined : null),
    VariableDefinition: ({ variable }) => (used.has(`$${variable.name.value}`) ? undefined : null),
  });
  return print(tidied) === print(document) ? tidied : tidy(tidied);
}

const TYPENAME = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } } as const;
