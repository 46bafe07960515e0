/** In `asks`: a subgraph that queries all others. */
export const EVERY_SUBGRAPH = '*';

/** The subgraphs that one queries. @param subgraphs the names of all */
export function askedBy(
  { name, asks }: { readonly name: string; readonly asks: readonly string[] },
  subgraphs: readonly string[],
): readonly string[] {
  return asks.includes(EVERY_SUBGRAPH) ? subgraphs.filter((each) => each !== name) : asks;
}
