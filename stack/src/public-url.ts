import type { DefinedSubgraph } from '@marquee/subgraph';

/** Where the outside reaches a subgraph. */
export interface Reachable {
  /** The gateway, where clients are. */
  readonly gateway: string;
  /** The subgraph's own routes. */
  readonly routes: string;
}

/** Settings of a subgraph that makes links to itself. */
export function publicUrlSettings(
  { settings }: DefinedSubgraph,
  { gateway, routes }: Reachable,
): Record<string, string> {
  return {
    ...('publicUrl' in settings.shape && { publicUrl: gateway }),
    ...('routesUrl' in settings.shape && { routesUrl: routes }),
  };
}
