import fc from 'fast-check';
import { expect, test } from 'vitest';

import { type BusinessCalendar, businessTimeBetween } from './business-time.ts';
import { NO_DEADLINE, slaStatus, type SupportTicket } from './ticket.ts';
import {
  agentWrote,
  customerWrote,
  nextCheck,
  queuePlace,
  setPriority,
  setStatus,
  startClocks,
  strike,
} from './ticket-changes.ts';

const calendar: BusinessCalendar = { timeZone: 'Europe/London', isHoliday: () => false };
/** A Monday. */
const at = (time: string, day = '04') => ({ now: new Date(`2027-01-${day}T${time}:00Z`), calendar });

function opened(): SupportTicket {
  const moment = at('10:00');
  return {
    ...{ id: 'sup_1', customerId: 'usr_1', bookingId: null, category: 'OTHER', subject: 'Hello', status: 'OPEN' },
    ...{
      priority: 'NORMAL',
      assigneeId: null,
      leftUnassigned: false,
      followsId: null,
      country: 'GB',
      region: null,
      timeZone: 'Europe/London',
    },
    ...startClocks('NORMAL', moment),
    ...{ snoozedUntil: null, resolvedAt: null, satisfaction: null, lastSequence: 1, lastNote: 0, version: 1 },
    ...{ publicVersion: 1, queueVersion: 1, queueAt: NO_DEADLINE },
    ...{ createdAt: moment.now, updatedAt: moment.now, asOf: moment.now },
  };
}

const dues = ({ firstResponse, resolution }: SupportTicket) =>
  [firstResponse, resolution].map(({ dueAt }) => dueAt?.toISOString().slice(8, 16) ?? null);

test('a response is due in four business hours and a resolution in two business days', () => {
  expect(dues(opened())).toEqual(['04T14:00', '06T10:00']);
  expect(queuePlace(opened())).toEqual(at('14:00').now);
});

test('the clocks stop while the customer is waited for, and go on with what was left', () => {
  const pending = setStatus(opened(), 'PENDING', at('11:00'));
  expect(dues(pending)).toEqual([null, null]);
  expect([queuePlace(pending), nextCheck(pending), slaStatus(pending)]).toEqual([NO_DEADLINE, null, 'PAUSED']);
  expect(dues(customerWrote(pending, at('09:00', '08')))).toEqual(['08T12:00', '09T17:00']);
});

test('the clocks stop when a ticket is resolved, and go on when that was too early', () => {
  const resolved = setStatus(opened(), 'RESOLVED', at('12:00'));
  expect([dues(resolved), slaStatus(resolved)]).toEqual([[null, null], 'MET']);
  expect(customerWrote(resolved, at('13:00'))).toBe(resolved);
  expect(dues(setStatus(resolved, 'OPEN', at('09:00', '05')))).toEqual(['05T11:00', '06T16:00']);
});

test('an agent’s first answer ends the clock of the response for good', () => {
  const answered = agentWrote(opened(), at('11:00'));
  expect(dues(answered)).toEqual([null, '06T10:00']);
  expect(answered.firstResponse.metAt).toEqual(at('11:00').now);
  const again = customerWrote(setStatus(answered, 'PENDING', at('12:00')), at('13:00'));
  expect(dues(again)).toEqual([null, '06T11:00']);
  expect(agentWrote(again, at('17:00')).firstResponse.metAt).toEqual(at('11:00').now);
});

test('under another priority the time that has passed counts', () => {
  expect(dues(setPriority(opened(), 'HIGH', at('10:30')))).toEqual(['04T11:00', '05T10:00']);
  expect(dues(setPriority(opened(), 'URGENT', at('12:00')))).toEqual(['04T12:00', '04T14:00']);
  const pending = setPriority(setStatus(opened(), 'PENDING', at('11:00')), 'LOW', at('12:00'));
  expect(dues(customerWrote(pending, at('09:00', '05')))).toEqual(['05T17:00', '09T17:00']);
});

test('a change of priority and back changes no deadline, also when the shorter promise was exceeded meanwhile', () => {
  const before = setPriority(opened(), 'LOW', at('10:00'));
  const urgent = setPriority(before, 'URGENT', at('16:00'));
  expect(dues(urgent)).toEqual(['04T16:00', '04T16:00']);
  expect(dues(setPriority(urgent, 'LOW', at('16:00')))).toEqual(dues(before));
  expect(dues(setPriority(urgent, 'LOW', at('17:00')))).toEqual(dues(before));
  const paused = setStatus(urgent, 'PENDING', at('16:30'));
  expect(dues(customerWrote(setPriority(paused, 'LOW', at('09:00', '05')), at('09:00', '05')))).toEqual([
    ...['05T11:30', '09T11:30'],
  ]);
});

test('a snooze does not put off the first answer', () => {
  const snoozed = setStatus(opened(), 'SNOOZED', at('11:00'), at('09:00', '07').now);
  expect([dues(snoozed), slaStatus(snoozed)]).toEqual([['04T14:00', null], 'ON_TRACK']);
  expect(nextCheck(snoozed)).toEqual(at('13:00').now);
  expect(strike(snoozed, at('14:00')).alerts).toEqual([{ target: 'FIRST_RESPONSE', breached: true }]);
});

test('whatever happens to a ticket, what is left of a promise is what was promised without the time it was open', () => {
  const statuses = fc.constantFrom('OPEN', 'PENDING', 'SNOOZED', 'RESOLVED', 'AGENT', 'CUSTOMER');
  const steps = fc.array(fc.tuple(statuses, fc.integer({ min: 0, max: 900 })), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(steps, (all) => {
      let [ticket, now, spentMs] = [opened(), at('10:00').now, 0];
      for (const [what, minutes] of all) {
        const moment = { now, calendar };
        if (what === 'AGENT') ticket = agentWrote(ticket, moment);
        else if (what === 'CUSTOMER') ticket = customerWrote(ticket, moment);
        else ticket = setStatus(ticket, what, moment, what === 'SNOOZED' ? at('10:00', '28').now : null);
        const later = new Date(now.getTime() + minutes * 60_000);
        if (ticket.status === 'OPEN') spentMs += businessTimeBetween(now, later, calendar);
        now = later;
      }
      const { leftMs } = setStatus(ticket, 'PENDING', { now, calendar }).resolution;
      expect(leftMs).toBe(18 * 60 * 60_000 - spentMs);
    }),
    { numRuns: 60 },
  );
});

test('warnings and breaches are told once each', () => {
  const warned = strike(opened(), at('13:00'));
  expect(warned.alerts).toEqual([{ target: 'FIRST_RESPONSE', breached: false }]);
  expect(slaStatus({ ...warned.ticket, asOf: at('13:00').now })).toBe('AT_RISK');
  expect(strike(warned.ticket, at('13:59')).alerts).toEqual([]);
  expect(nextCheck(warned.ticket)).toEqual(at('14:00').now);
  const breached = strike(warned.ticket, at('14:00'));
  expect(breached.alerts).toEqual([{ target: 'FIRST_RESPONSE', breached: true }]);
  expect(strike(breached.ticket, at('15:00')).alerts).toEqual([]);
  expect(slaStatus(setStatus(breached.ticket, 'RESOLVED', at('15:00')))).toBe('BREACHED');
});

test('a job that slept reports the breach at once, not the warning before it', () => {
  const { alerts } = strike(opened(), at('12:00', '11'));
  expect(alerts).toEqual([
    { target: 'FIRST_RESPONSE', breached: true },
    { target: 'RESOLUTION', breached: true },
  ]);
});

test('a snoozed ticket is open again at its time', () => {
  const snoozed = setStatus(agentWrote(opened(), at('11:00')), 'SNOOZED', at('11:00'), at('09:00', '07').now);
  expect([nextCheck(snoozed), slaStatus(snoozed)]).toEqual([at('09:00', '07').now, 'PAUSED']);
  expect(strike(snoozed, at('08:59', '07')).ticket.status).toBe('SNOOZED');
  const { ticket } = strike(snoozed, at('09:00', '07'));
  expect([ticket.status, ticket.snoozedUntil, dues(ticket)]).toEqual(['OPEN', null, [null, '08T17:00']]);
});
