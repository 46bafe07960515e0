import { expect, test } from 'vitest';

import { outcomeOf } from './scan.ts';
import type { Ticket } from './ticket.ts';

const minute = (of: number): Date => new Date(Date.UTC(2027, 0, 1, 20, of));
const used = { status: 'CHECKED_IN', codeVersion: 2, codeSince: minute(10), checkedInAt: minute(20), checkedInBy: 'a' };

test.each([
  ['the scan that admitted', { version: 2, at: minute(20) }, 'a', {}, 'ADMITTED'],
  ['a later scan', { version: 2, at: minute(21) }, 'a', {}, 'ALREADY_USED'],
  ['a scan of the same moment by another device', { version: 2, at: minute(20) }, 'b', {}, 'ALREADY_USED'],
  ['a scan of a code that had been passed on', { version: 1, at: minute(15) }, 'a', {}, 'CANCELLED'],
  ['a scan of a code before it was passed on', { version: 1, at: minute(5) }, 'a', {}, 'ALREADY_USED'],
  ['a scan of a cancelled ticket', { version: 2, at: minute(20) }, 'a', { status: 'CANCELLED' }, 'CANCELLED'],
  ['a scan of a version that does not exist', { version: 3, at: minute(20) }, 'a', {}, 'CANCELLED'],
])('%s: %o by %s of %o is %s', (_what, scan, device, change, outcome) => {
  expect(outcomeOf({ ticketId: 't', ...scan }, device, { ...used, ...change } as Ticket)).toBe(outcome);
});
