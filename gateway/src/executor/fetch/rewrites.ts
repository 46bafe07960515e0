import type { FetchDataRewrite } from '@apollo/query-planner';

import { isJsonObject, type JsonObject } from '../run/json.ts';

/** Applies input or output rewrites of a fetch, in place. */
export type Rewrite = (value: unknown) => void;

/** The type names that satisfy a type condition. */
export type TypesMatching = (typeCondition: string) => ReadonlySet<string>;

const TYPE_CONDITION = '... on ';

/** Undefined when there is nothing to rewrite. */
export function compileRewrites(
  rewrites: readonly FetchDataRewrite[] | undefined,
  typesMatching: TypesMatching,
): Rewrite | undefined {
  if (rewrites === undefined || rewrites.length === 0) return undefined;
  const compiled = rewrites.map((rewrite) => compileRewrite(rewrite, typesMatching));
  return (value) => {
    for (const rewrite of compiled) rewrite(value);
  };
}

function compileRewrite(rewrite: FetchDataRewrite, typesMatching: TypesMatching): Rewrite {
  const key = rewrite.path.at(-1);
  if (key === undefined) return () => {};
  return rewrite.path.slice(0, -1).reduceRight<Rewrite>(
    (next, segment) => {
      return segment.startsWith(TYPE_CONDITION)
        ? onType(typesMatching(segment.slice(TYPE_CONDITION.length)), next)
        : onObjects((value) => next(value[segment]));
    },
    onObjects(change(rewrite, key)),
  );
}

function change(rewrite: FetchDataRewrite, key: string): (value: JsonObject) => void {
  if (rewrite.kind === 'ValueSetter') {
    const { setValueTo } = rewrite;
    return (value) => {
      value[key] = setValueTo;
    };
  }
  const { renameKeyTo } = rewrite;
  return (value) => {
    if (value[key] === undefined) return;
    value[renameKeyTo] = value[key];
    value[key] = undefined;
  };
}

function onType(types: ReadonlySet<string>, next: Rewrite): Rewrite {
  return onObjects((value) => {
    // Without `__typename`, the rest of the path decides whether the rewrite applies.
    const typename = value['__typename'];
    if (typeof typename !== 'string' || types.has(typename)) next(value);
  });
}

function onObjects(apply: (value: JsonObject) => void): Rewrite {
  const rewrite: Rewrite = (value) => {
    if (Array.isArray(value)) {
      for (const element of value) rewrite(element);
    } else if (isJsonObject(value)) {
      apply(value);
    }
  };
  return rewrite;
}
