import type { DefinedSubgraph } from '@marquee/subgraph';
import { connectableHost } from './port.ts';
import type { StackSite } from './sites.ts';

/** Where clients find the gateway, and the applications that it serves. */
export interface PublicUrls {
  readonly origin: string;
  readonly sites: readonly StackSite[];
}

const BACK_OFFICE = '/backoffice';

interface Listening {
  readonly host: string;
  readonly port: number | undefined;
  readonly sites: readonly StackSite[];
}

/** The addresses of a stack. Of the names of this machine, browsers keep passkeys for `localhost` alone. */
export function publicUrls({ host, port, sites }: Listening): PublicUrls {
  const connectable = connectableHost(host);
  const isHere = connectable === '127.0.0.1' || connectable === '[::1]';
  return { origin: `http://${isHere && sites.length > 0 ? 'localhost' : connectable}:${port}`, sites };
}

/** The settings of a subgraph that leads people to its own pages, or to those of the storefront. */
export function publicUrlSettings(
  { settings }: DefinedSubgraph,
  { origin, sites }: PublicUrls,
): Record<string, string> {
  const has = (site: string) => sites.some(({ prefix }) => prefix === site);
  return {
    ...('publicUrl' in settings.shape && { publicUrl: origin }),
    ...('storefrontUrl' in settings.shape && has('/') && { storefrontUrl: origin }),
    ...('backofficeUrl' in settings.shape && has(BACK_OFFICE) && { backofficeUrl: `${origin}${BACK_OFFICE}` }),
  };
}

/** The pages to open in a browser. */
export function pagesOf({ origin, sites }: PublicUrls): { name: string; url: string }[] {
  const applications = sites.map(({ name, prefix }) => ({ name, url: `${origin}${prefix}` }));
  return [...applications, { name: 'Explorer, docs and sandboxes', url: `${origin}/developers` }];
}
