import { type ASTNode, type ConstDirectiveNode, type DocumentNode, Kind, type TypeNode, visit } from 'graphql';

import { argumentOf, directivesNamed, stringLists } from './directives.ts';

/**
 * The requirements for a caller: all of one of the alternatives. Absent means open to everyone.
 *
 * `authenticated` is one requirement, `scope:x` and `policy:x` are the others; both of these include being signed in.
 */
export type Requirement = readonly (readonly string[])[];

const NOTHING: Requirement = [[]];

/** The requirements of the auth directives on one element. */
export function ownRequirement(node: { readonly directives?: readonly ConstDirectiveNode[] | undefined }): Requirement {
  const authenticated: Requirement = directivesNamed(node, 'authenticated').length > 0 ? [['authenticated']] : NOTHING;
  const scopes = directivesNamed(node, 'requiresScopes').map((each) => alternatives(each, 'scopes', 'scope'));
  const policies = directivesNamed(node, 'policy').map((each) => alternatives(each, 'policies', 'policy'));
  return [...scopes, ...policies].reduce(both, authenticated);
}

/** Whether an element has an auth directive with a requirement. */
export function isGuarded(node: { readonly directives?: readonly ConstDirectiveNode[] | undefined }): boolean {
  return ownRequirement(node).every((alternative) => alternative.length > 0);
}

/** Whether every caller who meets `after` also meets `before`, so that nobody gains access. */
export function isAsStrict(after: Requirement, before: Requirement): boolean {
  return after.every((has) => before.some((needs) => needs.every((each) => has.includes(each))));
}

/** A requirement in words: `admin and audit, or root`. */
export function requirementInWords(requirement: Requirement): string {
  if (requirement.some((alternative) => alternative.length === 0)) return 'nothing';
  return requirement
    .map((alternative) => {
      const named = alternative.filter((each) => each !== 'authenticated');
      return named.length === 0 ? 'a signed-in caller' : named.join(' and ');
    })
    .join(', or ');
}

/** The requirements to read each field of a supergraph: of its type, the field and its return type. */
export function requirements(supergraph: DocumentNode): ReadonlyMap<string, Requirement> {
  const ofTypes = new Map<string, Requirement>();
  const fields: { coordinate: string; type: string; gives: string; own: Requirement }[] = [];
  const type = (node: ASTNode & { name: { value: string }; directives?: readonly ConstDirectiveNode[] }): void => {
    ofTypes.set(node.name.value, ownRequirement(node));
    if (!('fields' in node) || node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION) return;
    for (const field of (node.fields ?? []) as readonly FieldNode[]) {
      const coordinate = `${node.name.value}.${field.name.value}`;
      fields.push({ coordinate, type: node.name.value, gives: namedType(field.type), own: ownRequirement(field) });
    }
  };
  visit(supergraph, {
    ObjectTypeDefinition: (node) => void type(node),
    InterfaceTypeDefinition: (node) => void type(node),
    ScalarTypeDefinition: (node) => void type(node),
    EnumTypeDefinition: (node) => void type(node),
  });
  const of = (name: string): Requirement => ofTypes.get(name) ?? NOTHING;
  return new Map(
    fields.map(({ coordinate, type: parent, gives, own }) => [coordinate, both(both(of(parent), own), of(gives))]),
  );
}

interface FieldNode {
  readonly name: { readonly value: string };
  readonly type: TypeNode;
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
}

export function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}

function alternatives(directive: ConstDirectiveNode, argument: string, prefix: string): Requirement {
  return stringLists(argumentOf(directive, argument)).map((all) => [
    'authenticated',
    ...all.map((each) => `${prefix}:${each}`),
  ]);
}

function both(a: Requirement, b: Requirement): Requirement {
  return a.flatMap((left) => b.map((right) => [...new Set([...left, ...right])]));
}
