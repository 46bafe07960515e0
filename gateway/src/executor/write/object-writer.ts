import {
  type GraphQLCompositeType,
  type GraphQLNamedOutputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql';

import {
  collectFields,
  type CollectContext,
  type Occurrence,
  type TypedSelectionSet,
  subselections,
} from '../../operation/collect-fields.ts';
import type { JsonObject } from '../run/json.ts';
import type { Run } from '../run/run.ts';
import { RAISED, VALUE, type Write, writeNull } from './leaf-writer.ts';
import { type CollectedField, type DeferUsages, deferringWriter, NOT_DEFERRED, partition } from './deferred-writer.ts';
import { valueWriter, type WriteObject, type WriterOfType } from './value-writer.ts';

/** The parts of an operation that writers need. */
export interface WriterSource extends CollectContext {
  readonly schema: GraphQLSchema;
  isDenied(parentType: string, field: string): boolean;
  dataKeyOf(node: Occurrence['node']): string;
  /** Writes `__schema` and `__type`. */
  introspection(nodes: readonly Occurrence['node'][]): Write;
}

interface FieldWriter {
  readonly key: string;
  readonly dataKey: string;
  /** `"key":` */
  readonly name: string;
  readonly write: Write;
}

/** Compiles the writer of selection sets for one type. @param within the deferred fragments that deliver the object */
export function objectWriter(
  source: WriterSource,
  selectionSets: readonly TypedSelectionSet[],
  typename: string,
  within: DeferUsages = NOT_DEFERRED,
): WriteObject {
  const type = source.schema.getType(typename);
  if (!isCompositeType(type)) throw new Error(`${typename} has no fields`);
  const { fields, defers } = collectFields(source, selectionSets, (condition) =>
    isWithin(source.schema, typename, condition),
  );
  const writer = (usages: DeferUsages, collected: Iterable<CollectedField>): WriteObject =>
    fieldsWriter([...collected].flatMap((field) => fieldWriter(source, type, field, usages) ?? []));
  if (source.deferredFields === 'ignore-defer') return writer(within, fields);
  if (source.deferredFields === 'leave-out') {
    const groups = defers.map((usage) => ({
      usages: [usage],
      write: objectWriter(source, [{ ...usage.selectionSet, deferredBy: usage }], typename),
    }));
    return deferringWriter(writer(within, fields), defers, groups);
  }
  const { own, groups } = partition(fields, within);
  const written = groups.map(({ usages, fields: deferred }) => ({
    usages: [...usages],
    write: writer(usages, deferred),
  }));
  return deferringWriter(writer(within, own), defers, written);
}

function fieldWriter(
  source: WriterSource,
  type: GraphQLCompositeType,
  [key, occurrences]: CollectedField,
  within: DeferUsages,
): FieldWriter | undefined {
  const visible = occurrences.filter(({ node, parentType }) => !source.isDenied(parentType, node.name.value));
  const { node } = (visible[0] ?? occurrences[0]) as Occurrence;
  const common = { key, dataKey: source.dataKeyOf(node), name: `${JSON.stringify(key)}:` };
  const name = node.name.value;
  if (name === '__typename') return { ...common, write: typenameWriter(type) };
  if (name.startsWith('__'))
    return { ...common, write: source.introspection(occurrences.map((occurrence) => occurrence.node)) };
  const definition = isUnionType(type) ? undefined : type.getFields()[name];
  if (definition === undefined) return undefined;
  if (visible.length === 0) return { ...common, write: isNonNullType(definition.type) ? raiseNull : writeWithheld };
  return { ...common, write: selectionWriter(source, definition.type, `${type.name}.${name}`, visible, within) };
}

function selectionWriter(
  source: WriterSource,
  type: GraphQLOutputType,
  coordinate: string,
  occurrences: readonly Occurrence[],
  within: DeferUsages,
): Write {
  const writerOfType = (declared: GraphQLNamedOutputType): WriterOfType => {
    const selectionSets = subselections(occurrences, declared.name);
    return (typename) =>
      isWithin(source.schema, typename, declared.name)
        ? objectWriter(source, selectionSets, typename, within)
        : undefined;
  };
  return valueWriter(type, coordinate, writerOfType);
}

/** An unauthorised field is null; its error is known before execution. */
const writeWithheld: Write = (_value, run) => {
  run.reportUnauthorized();
  return writeNull(run);
};

const raiseNull: Write = (_value, run) => {
  run.reportUnauthorized();
  return RAISED;
};

function typenameWriter(type: GraphQLCompositeType): Write {
  if (isObjectType(type)) {
    const written = Buffer.from(`"${type.name}"`);
    return (_value, run) => {
      run.output.bytes(written);
      return VALUE;
    };
  }
  // The name came from an interface object, and the fetch of the concrete type failed.
  return (_value, run) => {
    run.nullAtNonNull(`${type.name}.__typename`, true);
    return RAISED;
  };
}

/** Whether `typename` satisfies a type condition. For an interface object, `typename` is an interface. */
export function isWithin(schema: GraphQLSchema, typename: string, typeCondition: string): boolean {
  const condition = schema.getType(typeCondition);
  const type = schema.getType(typename);
  if (!isObjectType(type) && !isInterfaceType(type)) return typename === typeCondition && isUnionType(type);
  return type === condition || (isAbstractType(condition) && schema.isSubType(condition, type));
}

const EMPTY = Buffer.from('{}');
const CLOSE = Buffer.from('}');

function fieldsWriter(fields: readonly FieldWriter[]): WriteObject {
  const ordered = fields.map(({ name, ...field }, index) => ({
    ...field,
    head: Buffer.from(`${index === 0 ? '{' : ','}${name}`),
  }));
  return (object: JsonObject, run: Run) => {
    const { output } = run;
    const depth = run.depth++;
    for (const { key, dataKey, head, write } of ordered) {
      run.path[depth] = key;
      output.bytes(head);
      if (write(object[dataKey], run) === RAISED) {
        run.depth = depth;
        return false;
      }
    }
    run.depth = depth;
    output.bytes(ordered.length === 0 ? EMPTY : CLOSE);
    return true;
  };
}
