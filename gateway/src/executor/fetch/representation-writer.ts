import type { QueryPlanSelectionNode } from '@apollo/query-planner';

import { isJsonObject, type JsonObject, toJson } from '../run/json.ts';
import type { TypesMatching } from './rewrites.ts';

/** Serialises a representation; returns an empty string when a required field is missing. */
export type Writer = (object: JsonObject) => string;

/** Bounds caches by type name, because type names come from subgraphs. */
export const MAX_TYPES = 1000;

/** The fields of a representation, by their keys in the data. */
export type Fields = ReadonlyMap<string, RepresentationField>;

interface RepresentationField {
  readonly name: string;
  /** Undefined for a leaf. */
  readonly selections: readonly QueryPlanSelectionNode[] | undefined;
}

/** The fields of a selection that apply to one type; equal names are merged. */
export function fieldsOn(
  typename: string | undefined,
  selections: readonly QueryPlanSelectionNode[],
  typesMatching: TypesMatching,
): Fields {
  const fields = new Map<string, RepresentationField>();
  const add = (selection: QueryPlanSelectionNode): void => {
    if (selection.kind === 'Field') {
      const { name, alias: key = name, selections: below } = selection;
      const known = fields.get(key)?.selections ?? [];
      fields.set(key, { name, selections: below === undefined ? undefined : [...known, ...below] });
    } else if (
      selection.typeCondition === undefined ||
      (typename !== undefined && typesMatching(selection.typeCondition).has(typename))
    ) {
      selection.selections.forEach(add);
    }
  };
  selections.forEach(add);
  return fields;
}

/** @param typename the `__typename` to write, as JSON; by default the object's own */
export function objectWriter(fields: Fields, typesMatching: TypesMatching, typename?: string): Writer {
  const writers = [...fields].map(([key, { name, selections }], index) => ({
    key,
    prefix: `${index === 0 ? '{' : ','}${JSON.stringify(name)}:`,
    write: fieldWriter(key, selections, typesMatching, typename),
  }));
  return (object) => {
    let text = '';
    for (const { key, prefix, write } of writers) {
      const value = write(object[key]);
      if (value === '') return '';
      text += prefix + value;
    }
    return `${text}}`;
  };
}

function fieldWriter(
  key: string,
  selections: readonly QueryPlanSelectionNode[] | undefined,
  typesMatching: TypesMatching,
  typename: string | undefined,
): (value: unknown) => string {
  if (key === '__typename' && typename !== undefined) return () => typename;
  return selections === undefined ? writeLeaf : compositeWriter(selections, typesMatching);
}

function writeLeaf(value: unknown): string {
  return value === undefined || typeof value === 'function' ? '' : toJson(value);
}

function compositeWriter(
  selections: readonly QueryPlanSelectionNode[],
  typesMatching: TypesMatching,
): (value: unknown) => string {
  const conditional = selections.some(({ kind }) => kind === 'InlineFragment');
  const object = conditional
    ? nestedByType(selections, typesMatching)
    : objectWriter(fieldsOn(undefined, selections, typesMatching), typesMatching);
  const write = (value: unknown): string => {
    if (value === null) return 'null';
    if (Array.isArray(value)) return writeList(value, write);
    return isJsonObject(value) ? object(value) : '';
  };
  return write;
}

function nestedByType(selections: readonly QueryPlanSelectionNode[], typesMatching: TypesMatching): Writer {
  const writers = new Map<unknown, Writer>();
  return (object) => {
    const typename = object['__typename'];
    let writer = writers.get(typename);
    if (writer === undefined) {
      const name = typeof typename === 'string' ? typename : undefined;
      writer = objectWriter(fieldsOn(name, selections, typesMatching), typesMatching);
      if (name !== undefined && writers.size < MAX_TYPES) writers.set(typename, writer);
    }
    return writer(object);
  };
}

function writeList(list: readonly unknown[], write: (value: unknown) => string): string {
  const elements = list.map(write);
  return elements.includes('') ? '' : `[${elements.join(',')}]`;
}
