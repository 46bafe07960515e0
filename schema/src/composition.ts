import { composeServices, type CompositionResult } from '@apollo/composition';
import { printSchema, type Schema, Supergraph } from '@apollo/federation-internals';
import { withLimits } from '@marquee/input';
import {
  type ASTNode,
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  GraphQLError,
  parse,
  print,
  visit,
} from 'graphql';

/** The input of composition for one subgraph. */
export interface ComposableSubgraph {
  readonly name: string;
  readonly url: string;
  readonly document: DocumentNode;
}

/** The composed schemas, as SDL. */
export interface Composed {
  /** The supergraph, which the gateway runs. */
  readonly supergraph: string;
  /** The public schema, which clients see. */
  readonly api: string;
}

/**
 * Composes subgraphs; errors and hints come with their nodes.
 *
 * @param proven - skips the check that every query can be planned, for subgraphs that are known to compose
 */
export type Composer = (subgraphs: readonly ComposableSubgraph[], proven?: boolean) => Composition;

/** An error or a hint of composition. */
export interface CompositionMessage {
  readonly code: string;
  readonly message: string;
  /** The nodes concerned, with their files if the documents have them. */
  readonly nodes: readonly ASTNode[];
}

export interface Composition {
  /** Absent when there are errors. */
  readonly composed?: Composed;
  readonly errors: readonly CompositionMessage[];
  readonly hints: readonly CompositionMessage[];
}

/** Apollo's composition. */
export const composeDocuments: Composer = (subgraphs, proven = false) => {
  const result = compositionOf(subgraphs, proven);
  if (result.errors) {
    const errors = result.errors.map(({ message, extensions, nodes }) => ({
      code: String(extensions['code'] ?? 'UNKNOWN'),
      message,
      nodes: nodes ?? [],
    }));
    return { errors, hints: [] };
  }
  const hints = result.hints.map(({ definition, message, nodes }) => ({
    code: definition.code,
    message,
    nodes: nodes ?? [],
  }));
  const supergraph = `${result.supergraphSdl.trim()}\n`;
  return { composed: { supergraph, api: apiText(result.schema, supergraph) }, errors: [], hints };
};

function compositionOf(subgraphs: readonly ComposableSubgraph[], proven: boolean): CompositionResult {
  try {
    return composeServices(
      subgraphs.map(({ name, url, document }) => ({ name, url, typeDefs: document })),
      { runSatisfiability: !proven },
    );
  } catch (error) {
    // The search for a plan of every query never ends when fields require each other.
    if (error instanceof RangeError) return { errors: [circularRequirement(subgraphs)] };
    throw error;
  }
}

function circularRequirement(subgraphs: readonly ComposableSubgraph[]): GraphQLError {
  const nodes: FieldDefinitionNode[] = [];
  const collect = (node: FieldDefinitionNode): void => {
    if (node.directives?.some(({ name }) => name.value === 'requires')) nodes.push(node);
  };
  for (const { document } of subgraphs) visit(document, { FieldDefinition: collect });
  const message = 'Fields require each other, by @requires or as keys: no query can get them.';
  return new GraphQLError(message, { nodes, extensions: { code: 'CIRCULAR_REQUIREMENT' } });
}

/**
 * The public schema of a supergraph: everything except `@inaccessible` elements, with the limits of inputs and `@defer`.
 *
 * @throws federation's error when an accessible element depends on an inaccessible one
 */
export function apiOf(supergraph: string): string {
  return apiText(Supergraph.build(supergraph, { supportedFeatures: null }).schema, supergraph);
}

function apiText(schema: Schema, supergraph: string): string {
  const composed = parse(supergraph);
  const api = withLimits(withOneOf(parse(printSchema(schema.toAPISchema())), composed), composed);
  // The gateway has it in every supergraph; clients' operations are validated with it.
  const definitions = [...api.definitions, schema.deferDirective().toAST()];
  return `${print({ ...api, definitions: definitions.toSorted(byName) }).trim()}\n`;
}

function byName(a: DefinitionNode, b: DefinitionNode): number {
  const [left, right] = [a, b].map((node) => ('name' in node ? (node.name?.value ?? '') : ''));
  return (left ?? '').localeCompare(right ?? '', 'en');
}

/** Restores `@oneOf`, which federation drops from the public schema. */
function withOneOf(api: DocumentNode, supergraph: DocumentNode): DocumentNode {
  const oneOf = new Map<string, ConstDirectiveNode>();
  visit(supergraph, {
    InputObjectTypeDefinition: ({ name, directives = [] }) => {
      const found = directives.find((directive) => directive.name.value === 'oneOf');
      if (found) oneOf.set(name.value, found);
      return false;
    },
  });
  return visit(api, {
    InputObjectTypeDefinition: (node) => {
      const directive = oneOf.get(node.name.value);
      return directive && { ...node, directives: [...(node.directives ?? []), directive] };
    },
  });
}
