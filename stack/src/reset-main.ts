import { reset } from './reset.ts';
import { SetupError } from '@marquee/servers';
import { defaultStateFolder } from '@marquee/servers/state-path';

try {
  const folder = defaultStateFolder(process.env);
  await reset(folder);
  console.log(`Deleted what the stack kept in ${folder}.`);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
