/** Nothing here is read through entities. */
export type Loaders = Readonly<Record<string, never>>;

export function loaders(): Loaders {
  return {};
}
