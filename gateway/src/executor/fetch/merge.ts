import { isJsonObject, type JsonObject } from '../run/json.ts';

/** Adds what a fetch brought to an object of the data. */
export type Merge = (target: JsonObject, source: JsonObject) => void;

/**
 * A null never takes the place of something: of two subgraphs that both give parts of an object, the one that failed
 * must not erase the other's part, whichever answers last. Nor does the name of an interface take the place of a
 * type's: a subgraph that knows the interface as an object (`@interfaceObject`) says only that.
 */
export function mergeWith(interfaces: ReadonlySet<unknown>): Merge {
  const merge: Merge = (target, source) => {
    if (target === source) return;
    for (const key in source) {
      // Assigning to it would change the object's prototype. No data key has this name.
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
