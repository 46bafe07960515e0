/** An object parsed from JSON: a subgraph's data, or the data assembled from it. */
export type JsonObject = Record<string, unknown>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A deep copy; the object itself when it has only leaves. */
export function cloneJson(object: JsonObject): JsonObject {
  for (const key in object) {
    const value = object[key];
    if (typeof value === 'object' && value !== null) return copyJson(object);
  }
  return object;
}

function copyJson(object: JsonObject): JsonObject {
  const copy: JsonObject = {};
  for (const key in object) {
    if (key !== '__proto__') copy[key] = copyValue(object[key]);
  }
  return copy;
}

function copyValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Array.isArray(value) ? value.map(copyValue) : copyJson(value as JsonObject);
}

/** Above this length, JSON.stringify is faster. */
const SCANNED_LENGTH = 48;

/** A string as JSON. */
export function quote(text: string): string {
  const { length } = text;
  if (length > SCANNED_LENGTH) return JSON.stringify(text);
  for (let index = 0; index < length; index++) {
    const code = text.charCodeAt(index);
    // Control characters, quotation mark, backslash, and surrogates, which must be escaped when unpaired.
    if (code < 0x20 || code === 0x22 || code === 0x5c || (code >= 0xd800 && code <= 0xdfff))
      return JSON.stringify(text);
  }
  return `"${text}"`;
}

/** A value of a custom scalar as JSON; null when JSON cannot express it. */
export function toJson(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : 'null';
  return JSON.stringify(value) ?? 'null';
}
