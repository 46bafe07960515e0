import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A static application that the gateway serves. */
export interface StackSite {
  readonly prefix: string;
  readonly folder: string;
  /** Its name in the welcome text. */
  readonly name: string;
}

const APPLICATIONS = [
  { prefix: '/', workspace: 'storefront', name: 'Storefront' },
  { prefix: '/backoffice', workspace: 'backoffice', name: 'Back office' },
];

/** The applications of this repository that have been built, as `npm start` does. */
export function builtSites(): StackSite[] {
  const sites = APPLICATIONS.map(({ workspace, ...site }) => {
    return { ...site, folder: fileURLToPath(new URL(`../../apps/${workspace}/dist`, import.meta.url)) };
  });
  return sites.filter(({ folder }) => existsSync(join(folder, 'index.html')));
}
