import { createHash } from 'node:crypto';

import {
  type ArgumentNode,
  type DirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type FieldNode,
  Kind,
  parse,
  print,
  type SelectionSetNode,
  type StringValueNode,
  stripIgnoredCharacters,
  visit,
} from 'graphql';

import { definedIn, type Definitions, fieldOf, fieldsAtTop, type FieldsType, namedType } from './definitions.ts';

/** A field that a plan selects under a name of its own. */
export interface RequiredField {
  readonly field: string;
  readonly arguments: readonly ArgumentNode[];
}

export interface RequiredFields {
  /** By the name in plans. */
  readonly byName: ReadonlyMap<string, RequiredField>;
  /** The names in plans that the `@requires` of a field selects, by `Type.field`. */
  readonly byCoordinate: ReadonlyMap<string, RequiredNames>;
  /** The fields at the top of keys. */
  readonly keys: ReadonlySet<string>;
}

interface RequiredNames {
  /** At the top of the selection. */
  readonly all: Set<string>;
  /** Of {@link RequiredField}s, at any depth. */
  readonly own: Set<string>;
}

/**
 * Gives each field that `@requires` or `@fromContext` selects with arguments a second definition, without arguments and
 * under a name of its own. The planner takes selections of one field for the same value whatever their arguments: the
 * client's and those of other `@requires`.
 */
export function nameRequiredFields(document: DocumentNode): {
  readonly document: DocumentNode;
  readonly requiredFields: RequiredFields;
} {
  const naming = new Naming(document);
  const renamed = visit(document, {
    ObjectTypeDefinition: (node) => naming.rewrite(node),
    InterfaceTypeDefinition: (node) => naming.rewrite(node),
  });
  const copied = visit(renamed, {
    ObjectTypeDefinition: (node) => naming.withCopies(node),
    InterfaceTypeDefinition: (node) => naming.withCopies(node),
  });
  return { document: copied, requiredFields: naming };
}

class Naming implements RequiredFields {
  readonly byName = new Map<string, RequiredField>();
  readonly byCoordinate = new Map<string, RequiredNames>();
  readonly keys: ReadonlySet<string>;
  readonly #types: Definitions['types'];
  readonly #contexts: Definitions['contexts'];
  /** The names that each type needs. */
  readonly #needed = new Map<string, Set<string>>();

  constructor(document: DocumentNode) {
    const { types, contexts, keys } = definedIn(document);
    this.#types = types;
    this.#contexts = contexts;
    this.keys = keys;
  }

  /** Rewrites the selections of a type's `@requires` and `@fromContext`. */
  rewrite<T extends FieldsType>(type: T): T {
    return {
      ...type,
      fields: type.fields?.map((field) => ({
        ...field,
        directives: field.directives?.map((directive) =>
          directive.name.value === 'join__field' ? this.#joinField(directive, type.name.value, field) : directive,
        ),
      })),
    };
  }

  /** Adds the fields that {@link rewrite} has named. */
  withCopies<T extends FieldsType>(type: T): T {
    const names = this.#needed.get(type.name.value);
    if (names === undefined) return type;
    const copies = [...names].flatMap((name) => {
      const original = type.fields?.find((field) => field.name.value === this.byName.get(name)?.field);
      return original === undefined ? [] : [copyOf(original, name)];
    });
    return { ...type, fields: [...(type.fields ?? []), ...copies] };
  }

  #joinField(directive: DirectiveNode, type: string, field: FieldDefinitionNode): DirectiveNode {
    return visit(directive, {
      Argument: (node) => {
        if (node.name.value === 'requires' && node.value.kind === Kind.STRING) {
          const coordinate = `${type}.${field.name.value}`;
          const names = this.byCoordinate.get(coordinate) ?? { all: new Set(), own: new Set() };
          this.byCoordinate.set(coordinate, names);
          const value = this.#renamed(node.value, [type], names.own);
          for (const name of fieldsAtTop(value.value)) names.all.add(name);
          return { ...node, value };
        }
        return node.name.value === 'contextArguments' ? undefined : false;
      },
      ObjectValue: (node) => {
        const value = (name: string) => node.fields.find((each) => each.name.value === name)?.value;
        const context = value('context');
        const types = context?.kind === Kind.STRING ? (this.#contexts.get(context.value) ?? []) : [];
        const fields = node.fields.map((each) =>
          each.name.value === 'selection' && each.value.kind === Kind.STRING
            ? { ...each, value: this.#renamed(each.value, types, new Set()) }
            : each,
        );
        return { ...node, fields };
      },
    });
  }

  #renamed(fieldSet: StringValueNode, types: readonly string[], names: Set<string>): StringValueNode {
    const text = fieldSet.value.trim();
    const hasBraces = text.startsWith('{');
    const [operation] = parse(hasBraces ? text : `{${text}}`, { noLocation: true }).definitions;
    if (operation?.kind !== Kind.OPERATION_DEFINITION) return fieldSet;
    const selectionSet = this.#selections(operation.selectionSet, types, names);
    const printed = stripIgnoredCharacters(print(selectionSet));
    return { ...fieldSet, value: hasBraces ? printed : printed.slice(1, -1) };
  }

  #selections(selectionSet: SelectionSetNode, types: readonly string[], names: Set<string>): SelectionSetNode {
    return {
      ...selectionSet,
      selections: selectionSet.selections.map((node) => {
        if (node.kind === Kind.FIELD) return this.#field(node, types, names);
        if (node.kind === Kind.FRAGMENT_SPREAD) return node;
        const within = node.typeCondition === undefined ? types : [node.typeCondition.name.value];
        return { ...node, selectionSet: this.#selections(node.selectionSet, within, names) };
      }),
    };
  }

  #field(node: FieldNode, types: readonly string[], names: Set<string>): FieldNode {
    const definition = types.map((type) => fieldOf(this.#types.get(type), node.name.value)).find(Boolean);
    if (definition === undefined) return node;
    const below = node.selectionSet && this.#selections(node.selectionSet, [namedType(definition.type)], names);
    const selected = { ...node, ...(below === undefined ? {} : { selectionSet: below }) };
    if ((definition.arguments ?? []).length === 0) return selected;
    const name = this.#nameOf(node);
    names.add(name);
    for (const type of types) this.#need(type, name);
    return { ...selected, name: { kind: Kind.NAME, value: name }, arguments: [] };
  }

  #nameOf({ name, arguments: given = [] }: FieldNode): string {
    const text = given.map(print).toSorted().join();
    const planned = `m_${name.value}_${createHash('sha256').update(text).digest('hex').slice(0, 8)}`;
    this.byName.set(planned, { field: name.value, arguments: given });
    return planned;
  }

  /** An interface's field is also one of each type that implements it. */
  #need(type: string, name: string): void {
    for (const [other, { interfaces = [] }] of this.#types) {
      if (other !== type && !interfaces.some((each) => each.name.value === type)) continue;
      const names = this.#needed.get(other);
      if (names === undefined) this.#needed.set(other, new Set([name]));
      else names.add(name);
    }
  }
}

function copyOf(field: FieldDefinitionNode, name: string): FieldDefinitionNode {
  return {
    kind: Kind.FIELD_DEFINITION,
    name: { kind: Kind.NAME, value: name },
    type: field.type,
    directives: field.directives?.filter((directive) => directive.name.value === 'join__field') ?? [],
  };
}
