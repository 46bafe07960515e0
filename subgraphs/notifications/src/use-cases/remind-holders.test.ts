import { expect, test } from 'vitest';

import type { DueShowReminder } from '../domain/show-reminder.ts';
import { remindHolders } from './remind-holders.ts';

const show = (showId: string): DueShowReminder => ({
  ...{
    showId,
    titleName: 'Arrival',
    venueName: 'Odeon',
    timeZone: 'Europe/London',
    after: '',
    hours: 2,
    hoursLeft: 1.9,
  },
  startsAt: new Date('2026-12-04T19:30:00.000Z'),
});

test('a show whose people cannot be reminded holds up no other, and the run says so', async () => {
  const asked: string[] = [];
  const waiting = [show('lon_shw_1'), show('lon_shw_2'), show('lon_shw_3')];
  const running = remindHolders({
    showReminders: { claim: async (limit) => waiting.splice(0, limit), finish: async () => true },
    fetchTicketHolders: async (showId) => {
      asked.push(showId);
      if (showId === 'lon_shw_1') throw new Error('booking is away');
      return [];
    },
    transaction: async () => true as never,
  });
  await expect(running).rejects.toThrow('people of 1 shows are reminded later');
  expect(asked).toEqual(['lon_shw_1', 'lon_shw_2', 'lon_shw_3']);
});
