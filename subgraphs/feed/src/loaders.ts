/** Nothing is loaded for fields: a feed has all of its cards from the start. */
export type Loaders = Record<string, never>;

export const loaders = (): Loaders => ({});
