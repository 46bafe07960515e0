import { runningEndpoint } from '../running-endpoint.ts';
import { bookASeat } from './book-a-seat.ts';
import { journalOn } from './journal.ts';

const address = runningEndpoint(process.env);
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
