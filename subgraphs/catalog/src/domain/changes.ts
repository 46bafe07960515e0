/** The value that `rule` makes of a given one; undefined, which changes nothing, of one left out. */
export function ifGiven<Given, Value>(
  given: Given | null | undefined,
  rule: (given: Given) => Value,
): Value | undefined {
  return given === null || given === undefined ? undefined : rule(given);
}

/** The fields that have a value, null included. */
export function changesOf<Fields extends object>(
  fields: Fields,
): { [Field in keyof Fields]?: Exclude<Fields[Field], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Field in keyof Fields]?: Exclude<Fields[Field], undefined>;
  };
}
