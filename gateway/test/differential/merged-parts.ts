import type { ResponsePath } from '../../src/executor/incremental-part.ts';
import { isJsonObject, type JsonObject } from '../../src/executor/run/json.ts';
import type { PlainPart, ResponseInParts } from './oracle.ts';

/**
 * The data of a response in parts, as a client assembles it.
 *
 * @param once each field may be delivered only once
 * @throws when a part breaks the protocol
 */
export function mergedParts({ first, pending, parts }: ResponseInParts, once: boolean): unknown {
  const root = { data: structuredClone(first.data) } as JsonObject;
  const open = new Set(pending.map(({ id }) => id));
  check(parts.length > 0 === pending.length > 0, 'Parts follow exactly when something is pending');
  for (const [index, part] of parts.entries()) {
    for (const { id } of part.pending) open.add(id);
    for (const entry of part.incremental) {
      check(open.has(entry.fragment.id), 'Delivered fragments are pending');
      if (entry.data !== null) merge(objectAt(root, ['data', ...entry.path]), entry.data, once);
    }
    for (const { id } of part.completed) check(open.delete(id), 'Completed fragments are pending');
    check(part.hasNext === index < parts.length - 1, 'The last part says that it is the last');
  }
  check(open.size === 0, 'Everything pending completes');
  return root['data'];
}

/** The fragments that failed because of a null. */
export function failedFragments(parts: readonly PlainPart[]): PlainPart['incremental'] {
  return parts.flatMap(({ incremental }) => incremental.filter(({ data }) => data === null));
}

function objectAt(root: JsonObject, path: ResponsePath): JsonObject {
  let value: unknown = root;
  for (const segment of path) value = (value as JsonObject)[segment];
  check(isJsonObject(value), `There is an object at ${path.join('.')}`);
  return value as JsonObject;
}

function merge(target: JsonObject, source: JsonObject, once: boolean): void {
  for (const [key, value] of Object.entries(source)) {
    const known = Object.hasOwn(target, key) ? target[key] : undefined;
    check(!once || known === undefined, `${key} is delivered once`);
    if (isJsonObject(known) && isJsonObject(value)) merge(known, value, once);
    else if (Array.isArray(known) && Array.isArray(value)) mergeList(known, value, once);
    else Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
  }
}

function mergeList(target: unknown[], source: readonly unknown[], once: boolean): void {
  source.forEach((value, index) => {
    const known = target[index];
    if (isJsonObject(known) && isJsonObject(value)) merge(known, value, once);
    else if (Array.isArray(known) && Array.isArray(value)) mergeList(known, value, once);
    else target[index] = value;
  });
}

function check(isTrue: boolean, rule: string): void {
  if (!isTrue) throw new Error(`Violated: ${rule}`);
}
