import type { CoreFeature } from '@apollo/federation-internals';
import { type ASTNode, type DirectiveNode, Kind, parse, print, visit } from 'graphql';

import { isBeyondStock } from './linked-features.ts';
import type { ReadSupergraph } from './read-supergraph.ts';

/** The supergraph without its links to security features and contexts, which stock `ApolloGateway` rejects. */
export function stockSupergraphSdl({ sdl, supergraph }: ReadSupergraph): string {
  const features = (supergraph.schema.coreFeatures?.allFeatures() ?? []).filter(isBeyondStock);
  if (features.length === 0) return sdl;
  const remove = (node: ASTNode): null | undefined => (belongsTo(features, node) ? null : undefined);
  return print(
    visit(parse(sdl), {
      Directive: remove,
      DirectiveDefinition: remove,
      ScalarTypeDefinition: remove,
      Argument: ({ name }) => (name.value === 'contextArguments' ? null : undefined),
    }),
  );
}

function belongsTo(features: readonly CoreFeature[], node: ASTNode): boolean {
  switch (node.kind) {
    case Kind.DIRECTIVE:
      return features.some((feature) => linksFeature(node, feature) || definesDirective(feature, node.name.value));
    case Kind.DIRECTIVE_DEFINITION:
      return features.some((feature) => definesDirective(feature, node.name.value));
    case Kind.SCALAR_TYPE_DEFINITION:
      return features.some((feature) => definesType(feature, node.name.value));
    default:
      return false;
  }
}

function linksFeature(node: DirectiveNode, feature: CoreFeature): boolean {
  return (
    node.name.value === feature.directive.name &&
    node.arguments?.some(({ value }) => value.kind === Kind.STRING && value.value === feature.url.toString()) === true
  );
}

function definesDirective(feature: CoreFeature, name: string): boolean {
  return feature.directiveNameInSchema(feature.url.name) === name || name.startsWith(`${feature.nameInSchema}__`);
}

function definesType(feature: CoreFeature, name: string): boolean {
  return (
    name.startsWith(`${feature.nameInSchema}__`) ||
    feature.imports.some((element) => (element.as ?? element.name) === name)
  );
}
