import { databaseUrl } from '@marquee/database';
import { SetupError } from '@marquee/servers';
import { defaultStateFolder, readPostgresUrl } from '@marquee/servers/state-path';

import { databaseNames } from './databases.ts';
import { settingsFrom } from './settings.ts';

/**
 * The databases of a command: those that the environment names, else the local stack's.
 *
 * @throws {SetupError} when there are none
 */
export function commandDatabases(environment: NodeJS.ProcessEnv): (domain: string) => string {
  const { databaseUrl: given, databaseUrls } = settingsFrom(environment, databaseNames());
  const server = given ?? readPostgresUrl(defaultStateFolder(environment));
  return (domain) => {
    const own = databaseUrls[domain];
    if (own !== undefined) return own;
    if (server === undefined) throw new SetupError('There is no Postgres: start the local stack, or set DATABASE_URL.');
    return databaseUrl(server, domain);
  };
}
