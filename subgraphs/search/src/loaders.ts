/** A search answers from one statement, and what it finds is shown by other subgraphs. */
export type Loaders = Readonly<Record<string, never>>;

export const loaders = (): Loaders => ({});
