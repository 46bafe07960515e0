import type { Schema } from '@apollo/federation-internals';
import { type DocumentNode, type FieldNode, Kind, print, type ValueNode, visit } from 'graphql';

import type { RequiredFields } from '../../supergraph/required-fields.ts';

/** Names that a client's alias must not have in the data of a plan: every field that it selects, public or not. */
export type ReservedNames = ReadonlySet<string>;

/**
 * The key of each field in the data during execution.
 *
 * An alias can be the name of another field (`{ id: name }`), which a later fetch would read by mistake. Such aliases,
 * and names like `__proto__`, get another key until the response is written.
 *
 * So does a response key with different fields or arguments in different places, because objects of several types can
 * share a place in the plan, and several places can share an entity.
 */
export interface DataKeys {
  of(node: FieldNode): string;
  /** The client's key for a data key. */
  responseKeyOf(dataKey: string): string;
  /** Whether any data key differs from its response key. */
  readonly renames: boolean;
}

export function reservedNames(schema: Schema, { byName }: RequiredFields): ReservedNames {
  const types = [...schema.objectTypes(), ...schema.interfaceTypes()];
  return new Set([...types.flatMap((type) => [...type.fields()].map(({ name }) => name)), ...byName.keys()]);
}

export function dataKeysOf(document: DocumentNode, reserved: ReservedNames): DataKeys {
  const taken = responseKeys(document);
  const bySignature = new Map<string, string>();
  const original = new Map<string, string>();
  const used = new Set<string>();
  let renames = false;
  const assign = (node: FieldNode): void => {
    const signature = fieldSignature(node);
    if (bySignature.has(signature)) return;
    const key = responseKey(node);
    const isFree = !collides(node, reserved) && !used.has(key);
    const dataKey = isFree ? key : freshName(key, taken, reserved);
    if (!isFree) original.set(dataKey, key);
    bySignature.set(signature, dataKey);
    used.add(dataKey);
    taken.add(dataKey);
  };
  visit(document, {
    Field: (node) => {
      if (!isTypename(node)) assign(node);
      else if (responseKey(node) !== TYPENAME) renames = true;
    },
  });
  return {
    renames: renames || original.size > 0,
    of: (node) => (isTypename(node) ? TYPENAME : (bySignature.get(fieldSignature(node)) ?? responseKey(node))),
    responseKeyOf: (dataKey) => original.get(dataKey) ?? dataKey,
  };
}

const TYPENAME = '__typename';

function isTypename(node: FieldNode): boolean {
  return node.name.value === TYPENAME;
}

function responseKeys(document: DocumentNode): Set<string> {
  const keys = new Set<string>();
  visit(document, { Field: (node) => void keys.add(responseKey(node)) });
  return keys;
}

/** Equal for fields that can merge (specification, section 5.3.2). */
function fieldSignature(node: FieldNode): string {
  const given = (node.arguments ?? []).map(({ name, value }) => `${name.value}:${valueText(value)}`);
  return `${responseKey(node)}:${node.name.value}(${given.toSorted().join()})`;
}

/** The order of an input object's fields has no meaning. */
function valueText(value: ValueNode): string {
  if (value.kind === Kind.LIST) return `[${value.values.map(valueText).join()}]`;
  if (value.kind !== Kind.OBJECT) return print(value);
  const fields = value.fields.map((field) => `${field.name.value}:${valueText(field.value)}`);
  return `{${fields.toSorted().join()}}`;
}

function responseKey(node: FieldNode): string {
  return (node.alias ?? node.name).value;
}

function collides(node: FieldNode, reserved: ReservedNames): boolean {
  const name = node.name.value;
  if (name.startsWith('__')) return false;
  const key = responseKey(node);
  return key === '__typename' || key in Object.prototype || (key !== name && reserved.has(key));
}

function freshName(key: string, taken: ReadonlySet<string>, reserved: ReservedNames): string {
  let name = `m_${key}`;
  while (taken.has(name) || reserved.has(name)) name = `m_${name}`;
  return name;
}
