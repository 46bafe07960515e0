import { errorCauses } from '@apollo/federation-internals';
import {
  type ASTNode,
  type ConstDirectiveNode,
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  print,
  visit,
} from 'graphql';

import { apiOf, type Composed } from '../../composition.ts';
import type { Finding } from '../../finding.ts';
import type { RegistryConfig } from '../../registry/config.ts';
import { indexSdl, type SdlIndex } from '../../registry/locations.ts';
import type { SubgraphSource } from '../../registry/sources.ts';
import { placeNamed } from '../composition-findings.ts';
import { directivesNamed, stringArgument } from '../directives.ts';
import { apiSchema, computedOnce, supergraphDocument, supergraphIndex } from '../parsed.ts';

const INACCESSIBLE_LINK = 'extend schema @link(url: "https://specs.apollo.dev/inaccessible/v0.2", for: SECURITY)';
const INACCESSIBLE_DEFINITION =
  'directive @inaccessible on FIELD_DEFINITION | OBJECT | INTERFACE | UNION | ARGUMENT_DEFINITION | SCALAR | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION';

/** A contract variant, or the reason why it is invalid. */
export type Variant = { readonly api: string } | { readonly errors: readonly GraphQLError[] };

const variants = computedOnce((_composed: Composed) => new Map<string, Variant>());

/** A contract variant: the public schema without tagged elements, and without what becomes unreachable. */
export function variantOf(composed: Composed, excludedTags: readonly string[]): Variant {
  const [known, key] = [variants(composed), JSON.stringify(excludedTags)];
  const variant = known.get(key) ?? makeVariant(composed, excludedTags);
  known.set(key, variant);
  return variant;
}

function makeVariant(composed: Composed, excludedTags: readonly string[]): Variant {
  const hiding = withoutTagged(supergraphDocument(composed), new Set(excludedTags));
  if (hiding === undefined) return composed;
  try {
    return { api: reachablePart(apiOf(hiding)) };
  } catch (error) {
    const errors = error instanceof Error ? errorCauses(error) : undefined;
    if (!errors) throw error;
    return { errors };
  }
}

/** Finds invalid variants, and paths to elements that they should hide. */
export function contractFindings(
  composed: Composed,
  contracts: RegistryConfig['contracts'],
  subgraphs: readonly SubgraphSource[],
): Finding[] {
  const index = supergraphIndex(composed);
  return Object.entries(contracts).flatMap(([name, { exclude }]): Finding[] => {
    const variant = variantOf(composed, exclude);
    const messages =
      'errors' in variant
        ? variant.errors.map(({ message }) => message)
        : leaks(apiSchema(variant), index, new Set(exclude));
    return messages.map((message) => ({
      class: 'contract',
      rule: 'contract/leak',
      severity: 'error',
      message: `The contract variant ${name} is invalid: ${message}`,
      help: 'Tag the elements that refer to it too, or remove the tag.',
      ...placeNamed(message, subgraphs),
    }));
  });
}

/**
 * Fields of a type that stay visible although the interface, or its field, is tagged: federation hides tagged elements
 * only.
 */
function leaks(api: GraphQLSchema, supergraph: SdlIndex, excluded: ReadonlySet<string>): string[] {
  return Object.values(api.getTypeMap()).flatMap((type) => {
    if (!isObjectType(type) && !isInterfaceType(type)) return [];
    const node = supergraph.get(type.name);
    const interfaces = node && 'interfaces' in node ? (node.interfaces ?? []) : [];
    return Object.keys(type.getFields()).flatMap((field) =>
      interfaces
        .map(({ name }) => ('value' in name ? `${name.value}.${field}` : ''))
        .filter((hidden) => isTagged(supergraph.get(hidden), excluded))
        .map((hidden) => `"${type.name}.${field}" shows what "${hidden}" hides by its tag.`),
    );
  });
}

/** @returns undefined when no visible element is tagged */
function withoutTagged(supergraph: DocumentNode, excluded: ReadonlySet<string>): string | undefined {
  const inaccessible: ConstDirectiveNode = {
    kind: Kind.DIRECTIVE,
    name: { kind: Kind.NAME, value: 'inaccessible' },
  };
  const hidden = visit(supergraph, {
    enter: (node) =>
      isTagged(node, excluded) && 'directives' in node && !directivesNamed(constant(node), 'inaccessible').length
        ? { ...node, directives: [...(node.directives ?? []), inaccessible] }
        : undefined,
  });
  if (hidden === supergraph) return undefined;
  const text = print(hidden);
  return text.includes('directive @inaccessible')
    ? text
    : `${text}\n${INACCESSIBLE_LINK}\n${INACCESSIBLE_DEFINITION}\n`;
}

/** Whether an element itself has one of the tags. */
export function isTagged(node: ASTNode | undefined, tags: ReadonlySet<string>): boolean {
  if (!node || !('directives' in node)) return false;
  return directivesNamed(constant(node), 'tag').some((tag) => tags.has(stringArgument(tag, 'name') ?? ''));
}

/** The arguments of SDL directives are constants. */
function constant(node: ASTNode): { directives: readonly ConstDirectiveNode[] } {
  return node as unknown as { directives: readonly ConstDirectiveNode[] };
}

/** Removes types that no operation can reach. */
function reachablePart(api: string): string {
  const document = parse(api);
  const index = indexSdl(document);
  const implementers = new Map<string, string[]>();
  for (const node of document.definitions) {
    if (!('interfaces' in node) || !('name' in node) || !node.name) continue;
    for (const { name } of node.interfaces ?? []) {
      implementers.set(name.value, [...(implementers.get(name.value) ?? []), node.name.value]);
    }
  }
  const reached = new Set<string>();
  const walk = (name: string): void => {
    const node = index.get(name);
    if (reached.has(name) || !node) return;
    reached.add(name);
    visit(node, { NamedType: ({ name: { value } }) => walk(value) });
    for (const implementer of implementers.get(name) ?? []) walk(implementer);
  };
  for (const root of ['Query', 'Mutation', 'Subscription']) walk(root);
  const definitions = document.definitions.filter(
    (node) => !('name' in node) || !node.name || !node.kind.endsWith('TypeDefinition') || reached.has(node.name.value),
  );
  return `${print({ kind: Kind.DOCUMENT, definitions })}\n`;
}
