import { defaultStateFolder } from '@marquee/servers/state-path';

import { lockHolder } from './lock.ts';
import { endpointsFrom } from './settings.ts';
import { openStateFolder } from './state-folder.ts';

/** The endpoint in the settings; else that of this checkout's running stack. */
export function runningEndpoint(environment: NodeJS.ProcessEnv): string {
  const running = lockHolder(openStateFolder(defaultStateFolder(environment)).lockFile)?.address;
  const { given, usual } = endpointsFrom(environment);
  return given ?? running ?? usual;
}
