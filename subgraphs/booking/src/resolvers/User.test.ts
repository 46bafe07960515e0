import { expect, test, vi } from 'vitest';

import { User } from './User.ts';

test('a status that is given twice is looked for once', async () => {
  const ofCustomer = vi.fn<() => Promise<never[]>>(async () => []);
  const resolve = User.bookings as unknown as (...given: unknown[]) => Promise<unknown>;
  const args = { status: ['CONFIRMED', 'EXPIRED', 'CONFIRMED'], first: 20 };
  await resolve({ id: 'usr_1' }, args, { deps: { bookings: { ofCustomer } } });
  expect(ofCustomer).toHaveBeenCalledWith(expect.objectContaining({ status: ['CONFIRMED', 'EXPIRED'] }));
});
