import { Kind, parse, type SelectionSetNode } from 'graphql';

import { argumentOf, directivesNamed, stringArgument } from '../checks/directives.ts';
import { type Complaint, hasFields, isRoot, type Rule, typesWithFields, type TypeWithFields } from './rule.ts';

/** The key of an entity is immutable: only fields of the configured names, never null. */
export const entityKey: Rule = ({ own, keyFields }) =>
  typesWithFields(own).flatMap((type) =>
    directivesNamed(type, 'key').flatMap((key) => keyComplaints(type, stringArgument(key, 'fields') ?? '', keyFields)),
  );

/**
 * A field that a subgraph adds to another's entity is nullable. When several subgraphs resolve an entity, the
 * configuration names its owner.
 */
export const crossSubgraphNullable: Rule = ({ own, subgraph, graph, owners }) =>
  typesWithFields(own).flatMap((type): Complaint[] => {
    const name = type.name.value;
    if (subgraph === undefined || !resolves(type)) return [];
    const resolvers = [...graph].filter(([, index]) => {
      const node = index.get(name);
      return node !== undefined && hasFields(node) && resolves(node);
    });
    if (resolvers.length < 2) return [];
    const owner = owners[name];
    if (owner === undefined) {
      const names = resolvers.map(([resolver]) => resolver).join(', ');
      const help = `Add it to lint.owners in schema/registry.config.yml.`;
      return [{ coordinate: name, message: `${name} is resolved by ${names}; none is named as its owner.`, help }];
    }
    return owner === subgraph ? [] : addedFields(type, owner);
  });

function keyComplaints(type: TypeWithFields, key: string, allowed: readonly string[]): Complaint[] {
  const name = type.name.value;
  return keyNames(key).flatMap((field): Complaint[] => {
    const definition = type.fields?.find((each) => each.name.value === field);
    if (!allowed.includes(field)) {
      return [
        {
          coordinate: name,
          message: `The key "${key}" of ${name} has the field ${field}, which may change.`,
          help: `Key by ${allowed.join(' or ')}, or add the field to lint.keyFields in schema/registry.config.yml.`,
        },
      ];
    }
    if (!definition || definition.type.kind === Kind.NON_NULL_TYPE) return [];
    return [{ coordinate: `${name}.${field}`, message: `${name}.${field} is part of a key and may be null.` }];
  });
}

function addedFields(type: TypeWithFields, owner: string): Complaint[] {
  const name = type.name.value;
  const keys = new Set(directivesNamed(type, 'key').flatMap((key) => keyNames(stringArgument(key, 'fields') ?? '')));
  return (type.fields ?? []).flatMap((field): Complaint[] => {
    const shared = ['shareable', 'external'].some((directive) => directivesNamed(field, directive).length > 0);
    if (keys.has(field.name.value) || shared || field.type.kind !== Kind.NON_NULL_TYPE) return [];
    const coordinate = `${name}.${field.name.value}`;
    return [
      {
        coordinate,
        message: `${coordinate} extends an entity of ${owner} and must be nullable: a failure here would null the whole ${name}.`,
        help: 'Make it nullable.',
      },
    ];
  });
}

/** Whether the subgraph resolves the entity. */
function resolves(type: TypeWithFields): boolean {
  return (
    !isRoot(type.name.value) &&
    directivesNamed(type, 'key').some((key) => {
      const resolvable = argumentOf(key, 'resolvable');
      return resolvable?.kind !== Kind.BOOLEAN || resolvable.value;
    })
  );
}

/** The names of all fields in a key, nested ones included. */
function keyNames(key: string): string[] {
  const names = (set: SelectionSetNode): string[] =>
    set.selections.flatMap((selection) => {
      if (selection.kind !== Kind.FIELD) return [];
      return selection.selectionSet ? names(selection.selectionSet) : [selection.name.value];
    });
  try {
    const [operation] = parse(`{ ${key} }`).definitions;
    return operation?.kind === Kind.OPERATION_DEFINITION ? names(operation.selectionSet) : [];
  } catch {
    // Composition reports the invalid key.
    return [];
  }
}
