import { type DirectiveNode, type DocumentNode, Kind, parse, print, visit } from 'graphql';

import { nameRequiredFields, type RequiredFields } from './required-fields.ts';

/** A supergraph in the form that the query planner (2.14.4) plans correctly. */
export interface PlannerSdl {
  /** Undefined when it is the supergraph's own. */
  readonly sdl: string | undefined;
  readonly requiredFields: RequiredFields;
}

/**
 * - The resolvable keys of a type in a subgraph come first: the planner takes the first key for fetches after
 *   `@requires`, even if the subgraph does not resolve it.
 * - Fields that `@requires` and `@fromContext` select with arguments have names of their own.
 */
export function plannerSdl(sdl: string): PlannerSdl {
  const original = parse(sdl, { noLocation: true });
  const { document, requiredFields } = nameRequiredFields(withResolvableKeysFirst(original));
  const planned = print(document);
  return { sdl: planned === print(original) ? undefined : planned, requiredFields };
}

function withResolvableKeysFirst(document: DocumentNode): DocumentNode {
  const sorted = <T extends { readonly directives?: readonly DirectiveNode[] | undefined }>(node: T): T => ({
    ...node,
    directives: [
      ...(node.directives ?? []).filter((directive) => !isUnresolvableKey(directive)),
      ...(node.directives ?? []).filter(isUnresolvableKey),
    ],
  });
  return visit(document, { ObjectTypeDefinition: sorted, InterfaceTypeDefinition: sorted });
}

function isUnresolvableKey({ name, arguments: given }: DirectiveNode): boolean {
  return (
    name.value === 'join__type' &&
    given?.some((each) => each.name.value === 'resolvable' && each.value.kind === Kind.BOOLEAN && !each.value.value) ===
      true
  );
}
