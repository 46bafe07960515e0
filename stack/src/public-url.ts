import type { DefinedSubgraph } from '@marquee/subgraph';

/** The settings of a subgraph that makes links to itself. @param origin of the gateway, where clients are */
export function publicUrlSettings({ settings }: DefinedSubgraph, origin: string): Record<string, string> {
  return 'publicUrl' in settings.shape ? { publicUrl: origin } : {};
}
