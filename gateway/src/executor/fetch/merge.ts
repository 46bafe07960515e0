import { isJsonObject, type JsonObject } from '../run/json.ts';

/** Merges the data of a fetch into an object. */
export type Merge = (target: JsonObject, source: JsonObject) => void;

/**
 * A null never replaces a value: when two subgraphs return parts of an object and one fails, it must not erase the
 * other's part, in whatever order they respond. Nor does an interface's name replace a type's: a subgraph with the
 * interface as an object (`@interfaceObject`) knows no more.
 */
export function mergeWith(interfaces: ReadonlySet<unknown>): Merge {
  const merge: Merge = (target, source) => {
    if (target === source) return;
    for (const key in source) {
      // Assigning it would change the object's prototype. No data key has this name.
      if (key === '__proto__') continue;
      const value = source[key];
      const known = target[key];
      if (known === undefined || typeof known === 'function') target[key] = value;
      else if (value !== null && value !== undefined && value !== known) replace(target, key, known, value);
    }
  };

  const replace = (target: JsonObject, key: string, known: unknown, value: unknown): void => {
    if (key === '__typename' && interfaces.has(value)) return;
    if (typeof known !== 'object' || known === null || !mergeComposite(known, value)) target[key] = value;
  };

  const mergeComposite = (known: object, value: unknown): boolean => {
    if (Array.isArray(known)) {
      if (!Array.isArray(value) || value.length !== known.length) return false;
      for (let index = 0; index < known.length; index++) mergeElement(known, index, value[index]);
      return true;
    }
    if (!isJsonObject(value)) return false;
    merge(known as JsonObject, value);
    return true;
  };

  const mergeElement = (list: unknown[], index: number, value: unknown): void => {
    const known = list[index];
    if (value === known || value === null || value === undefined) return;
    if (typeof known !== 'object' || known === null || !mergeComposite(known, value)) list[index] = value;
  };

  return merge;
}
