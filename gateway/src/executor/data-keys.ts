import type { Schema } from '@apollo/federation-internals';
import { type DocumentNode, type FieldNode, parse, visit } from 'graphql';

/** Names that a client's alias must not take in the data that fetches build on. */
export interface ReservedNames {
  /** Every field of the supergraph, public or not. */
  readonly fields: ReadonlySet<string>;
  /** Fields that some `@requires` asks for with arguments. */
  readonly required: ReadonlySet<string>;
}

/**
 * Under which key a selected field is kept while an operation executes.
 *
 * An alias may be the name of another field, of a key say (`{ id: name }`), and a later fetch that needs the key would
 * read the alias instead. Such aliases, and those that mean something to JavaScript, are kept under another name until
 * the response is written.
 */
export interface DataKeys {
  of(node: FieldNode): string;
  /** The client's key for a data key. */
  responseKeyOf(dataKey: string): string;
  /** Whether any field of the operation is kept under another key than its own. */
  readonly renames: boolean;
}

export function reservedNames(schema: Schema): ReservedNames {
  const types = [...schema.objectTypes(), ...schema.interfaceTypes()];
  const required = new Set<string>();
  for (const application of schema.directive('join__field')?.applications() ?? []) {
    const { requires } = application.arguments() as { requires?: string };
    if (requires?.includes('(') === true) addFieldsWithArguments(requires, required);
  }
  return { fields: new Set(types.flatMap((type) => type.fields().map(({ name }) => name))), required };
}

export function dataKeysOf(document: DocumentNode, reserved: ReservedNames): DataKeys {
  const keys = new Set<string>();
  const colliding = new Set<string>();
  let renames = false;
  visit(document, {
    Field: (node) => {
      const key = responseKey(node);
      keys.add(key);
      if (collides(node, reserved)) colliding.add(key);
      if (collides(node, reserved) || ownKey(node) !== key) renames = true;
    },
  });
  const renamed = new Map([...colliding].map((key) => [key, freshName(key, keys, reserved)]));
  const original = new Map([...renamed].map(([key, fresh]) => [fresh, key]));
  return {
    renames,
    of: (node) => (collides(node, reserved) ? (renamed.get(responseKey(node)) ?? responseKey(node)) : ownKey(node)),
    responseKeyOf: (dataKey) => original.get(dataKey) ?? dataKey,
  };
}

function responseKey(node: FieldNode): string {
  return (node.alias ?? node.name).value;
}

function ownKey(node: FieldNode): string {
  return node.name.value === '__typename' ? '__typename' : responseKey(node);
}

function collides(node: FieldNode, { fields, required }: ReservedNames): boolean {
  const name = node.name.value;
  if (name.startsWith('__')) return false;
  const key = responseKey(node);
  return key === '__typename' || key in Object.prototype || (key !== name && fields.has(key)) || required.has(name);
}

function freshName(key: string, taken: ReadonlySet<string>, { fields }: ReservedNames): string {
  let name = `m_${key}`;
  while (taken.has(name) || fields.has(name)) name = `m_${name}`;
  return name;
}

function addFieldsWithArguments(fieldSet: string, names: Set<string>): void {
  visit(parse(`{${fieldSet}}`), {
    Field: ({ name, arguments: given }) => {
      if (given !== undefined && given.length > 0) names.add(name.value);
    },
  });
}
