import {
  type ConstDirectiveNode,
  type DocumentNode,
  isTypeDefinitionNode,
  Kind,
  specifiedScalarTypes,
  type TypeDefinitionNode,
} from 'graphql';

import { fieldsIn, hasFields, innermost, isRoot } from '../../lint/rule.ts';
import { directivesNamed } from '../directives.ts';
import { both, either, isAsStrict, NOTHING, ownRequirement, type Requirement } from './requirement.ts';

/** A field that clients see, with its requirements. */
export interface AccessField {
  readonly coordinate: string;
  readonly type: string;
  readonly gives: string;
  /** Of the field alone. */
  readonly own: Requirement;
  /** Of its type, the field and its return type: what the gateway enforces. */
  readonly requirement: Requirement;
}

/** A way from one type to another. */
interface Way {
  readonly to: string;
  readonly requirement: Requirement;
  /** The field, or the abstract type whose member `to` is. */
  readonly by: string;
}

/** Who may read what of a supergraph. */
export interface Access {
  /** By coordinate, without `@inaccessible` ones. */
  readonly fields: ReadonlyMap<string, AccessField>;
  /** The requirement of each type alone. */
  readonly types: ReadonlyMap<string, Requirement>;
  /** The ways out of each type. */
  readonly ways: ReadonlyMap<string, readonly Way[]>;
  /** The least that a caller meets who gets to each type; absent for types that nobody gets to. */
  readonly reach: ReadonlyMap<string, Requirement>;
}

/** Reads the requirements of a supergraph. */
export function accessOf(supergraph: DocumentNode): Access {
  const visible = supergraph.definitions.filter(isTypeDefinitionNode).filter((node) => !isHidden(node));
  const types = new Map(visible.map((node) => [node.name.value, ownRequirement(node)]));
  const fields = new Map(
    fieldsIn({ kind: Kind.DOCUMENT, definitions: visible }).flatMap(({ type: node, field, coordinate }) => {
      const [type, gives] = [node.name.value, innermost(field.type).name.value];
      if (isHidden(field) || !isKnown(gives, types)) return [];
      const own = ownRequirement(field);
      const requirement = both(both(types.get(type) ?? NOTHING, own), types.get(gives) ?? NOTHING);
      return [[coordinate, { coordinate, type, gives, own, requirement }] as const];
    }),
  );
  const ways = waysBetween(visible, [...fields.values()]);
  return { fields, types, ways, reach: reachOf(ways) };
}

/** The requirement to read a field from the root of an operation. */
export function toRead({ reach }: Access, { type, requirement }: AccessField): Requirement {
  return both(reach.get(type) ?? [], requirement);
}

/** Whether an element has `@inaccessible` itself. */
export function isHidden(node: { readonly directives?: readonly ConstDirectiveNode[] | undefined }): boolean {
  return directivesNamed(node, 'inaccessible').length > 0;
}

function isKnown(name: string, types: ReadonlyMap<string, unknown>): boolean {
  return types.has(name) || specifiedScalarTypes.some((scalar) => scalar.name === name);
}

function waysBetween(types: readonly TypeDefinitionNode[], fields: readonly AccessField[]): Map<string, Way[]> {
  const ways = new Map<string, Way[]>();
  const add = (from: string, way: Way): void => void ways.set(from, [...(ways.get(from) ?? []), way]);
  for (const { type, gives: to, requirement, coordinate: by } of fields) add(type, { to, requirement, by });
  for (const node of types) {
    const name = node.name.value;
    for (const { name: of } of hasFields(node) ? (node.interfaces ?? []) : [])
      add(of.value, { to: name, requirement: NOTHING, by: of.value });
    if (node.kind !== Kind.UNION_TYPE_DEFINITION) continue;
    for (const { name: member } of node.types ?? []) add(name, { to: member.value, requirement: NOTHING, by: name });
  }
  return ways;
}

function reachOf(ways: ReadonlyMap<string, readonly Way[]>): Map<string, Requirement> {
  const queue = [...ways.keys()].filter(isRoot);
  const reach = new Map(queue.map((root) => [root, NOTHING]));
  for (const from of queue) {
    for (const { to, requirement } of ways.get(from) ?? []) {
      const [through, known] = [both(reach.get(from) ?? [], requirement), reach.get(to) ?? []];
      if (isAsStrict(through, known)) continue;
      reach.set(to, either(known, through));
      queue.push(to);
    }
  }
  return reach;
}
