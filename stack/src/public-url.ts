import type { DefinedSubgraph } from '@marquee/subgraph';

/** Settings of a subgraph that makes links to itself. @param origin where clients reach the gateway */
export function publicUrlSettings({ settings }: DefinedSubgraph, origin: string): Record<string, string> {
  return 'publicUrl' in settings.shape ? { publicUrl: origin } : {};
}
