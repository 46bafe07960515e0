import {
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  type NamedTypeNode,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  type InterfaceTypeDefinitionNode,
  type InterfaceTypeExtensionNode,
  type TypeNode,
} from 'graphql';

import type { Finding } from '../finding.ts';
import type { SdlIndex } from '../registry/locations.ts';

/** A violation of a rule by an element. */
export interface Complaint {
  readonly coordinate: string;
  readonly message: string;
  readonly help?: string;
  readonly severity?: Finding['severity'];
}

/** The SDL to lint, and its context. */
export interface LintSubject {
  /** Absent for the common types. */
  readonly subgraph?: string;
  /** The subgraph's own SDL. */
  readonly own: DocumentNode;
  /** The SDL with the common types. */
  readonly index: SdlIndex;
  /** The full SDL of each subgraph, by name. */
  readonly graph: ReadonlyMap<string, SdlIndex>;
  readonly owners: Readonly<Record<string, string>>;
  readonly keyFields: readonly string[];
  readonly now: Date;
}

export type Rule = (subject: LintSubject) => Complaint[];

export type TypeWithFields =
  | ObjectTypeDefinitionNode
  | ObjectTypeExtensionNode
  | InterfaceTypeDefinitionNode
  | InterfaceTypeExtensionNode;

/** A field with the type it is defined on. */
export interface FieldOfType {
  readonly type: TypeWithFields;
  readonly field: FieldDefinitionNode;
  readonly coordinate: string;
}

export function fieldsIn(document: DocumentNode): FieldOfType[] {
  return document.definitions.flatMap((type) => {
    if (!hasFields(type)) return [];
    return (type.fields ?? []).map((field) => ({ type, field, coordinate: `${type.name.value}.${field.name.value}` }));
  });
}

export function typesWithFields(document: DocumentNode): TypeWithFields[] {
  return document.definitions.filter(hasFields);
}

export function hasFields(node: { readonly kind: string }): node is TypeWithFields {
  return /^(Object|Interface)Type(Definition|Extension)$/.test(node.kind);
}

export function isRoot(name: string): boolean {
  return ['Query', 'Mutation', 'Subscription'].includes(name);
}

export function nullable(type: TypeNode): Exclude<TypeNode, { kind: Kind.NON_NULL_TYPE }> {
  return type.kind === Kind.NON_NULL_TYPE ? type.type : type;
}

export function innermost(type: TypeNode): NamedTypeNode {
  return type.kind === Kind.NAMED_TYPE ? type : innermost(type.type);
}

export function isList(type: TypeNode): boolean {
  return nullable(type).kind === Kind.LIST_TYPE;
}
