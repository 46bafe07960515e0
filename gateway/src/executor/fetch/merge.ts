import { isJsonObject, type JsonObject } from '../run/json.ts';

export type Merge = (target: JsonObject, source: JsonObject) => void;

/**
 * Creates the function that merges fetched data into an object.
 *
 * Null never replaces a value, so that a failed subgraph does not erase another's part, in either order. An interface's
 * name never replaces a type's name, because a subgraph with `@interfaceObject` does not know the type.
 */
export function mergeWith(interfaces: ReadonlySet<unknown>): Merge {
  const merge: Merge = (target, source) => {
    if (target === source) return;
    for (const key in source) {
      // Assigning it would change the prototype. Data keys never have this name.
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
