import { lockHolder } from '../lock.ts';
import { endpointsFrom } from '../settings.ts';
import { openStateFolder } from '../state-folder.ts';
import { defaultStateFolder } from '@marquee/servers/state-path';
import { bookASeat } from './book-a-seat.ts';
import { journalOn } from './journal.ts';

/** The endpoint of this checkout's running stack, or the one in the settings. */
function endpoint(): string {
  const running = lockHolder(openStateFolder(defaultStateFolder(process.env)).lockFile)?.address;
  const { given, usual } = endpointsFrom(process.env);
  return given ?? running ?? usual;
}

const address = endpoint();
console.log(`Booking two seats at ${address}\n`);
try {
  await bookASeat(address, journalOn(process.stdout));
  console.log('\nBooked and paid; the other customer saw it live.');
} catch (error) {
  const unreachable = error instanceof TypeError && error.message === 'fetch failed';
  console.error(
    unreachable
      ? `Nothing answers at ${address}. Run npm start first, or set MARQUEE_ENDPOINT.`
      : `\nFailed: ${String(error)}`,
  );
  process.exitCode = 1;
}
