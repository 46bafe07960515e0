import { expect, test } from 'vitest';

import { isSeenBy, type MenuEntry, pathAfterSwitch } from './menu-entry.ts';
import { managesVenue, type Who } from './work.ts';

const text = { en: '', de: '', hi: '' };
const door: MenuEntry = { path: '/door', group: 'venue', text, work: 'CHECK_IN' };
const desk: MenuEntry = { path: '/desk', group: 'customers', text, roles: ['SUPPORT_AGENT'] };
const scanner: Who = {
  id: '1',
  name: 'Sam',
  roles: ['CUSTOMER'],
  organisations: [{ id: 'a', name: 'A', country: 'DE', role: 'SCANNER' }],
};

test('a member sees the work of their role, in that organisation alone', () => {
  expect(isSeenBy(door, scanner, 'a')).toBe(true);
  expect(isSeenBy(door, scanner, 'b')).toBe(false);
  expect(isSeenBy({ ...door, work: 'SALES' }, scanner, 'a')).toBe(false);
});

test('a role of the account is seen in any organisation, and by administrators', () => {
  expect(isSeenBy(desk, scanner, 'a')).toBe(false);
  expect(isSeenBy(desk, { ...scanner, roles: ['SUPPORT_AGENT'] }, undefined)).toBe(true);
  expect(isSeenBy(desk, { ...scanner, roles: ['ADMIN'] }, undefined)).toBe(true);
});

test('who switches the organisation stays at the same work where they do it, and leaves single things', () => {
  const sam: Who = { ...scanner, organisations: [{ id: 'a', name: 'A', country: 'DE', role: 'OWNER' }] };
  expect(pathAfterSwitch('/door', [door, desk], sam, 'a')).toBe('/door');
  expect(pathAfterSwitch('/door/show_1/people', [door, desk], sam, 'a')).toBe('/door');
  expect(pathAfterSwitch('/door/show_1', [door, desk], sam, 'b')).toBe('/');
  expect(pathAfterSwitch('/doors', [door, desk], sam, 'a')).toBe('/');
});

test('a venue is changed for the organisation that runs it, and by administrators', () => {
  const manager: Who = { ...scanner, organisations: [{ id: 'a', name: 'A', country: 'DE', role: 'MANAGER' }] };
  expect(managesVenue(manager, { organisation: { id: 'a' } })).toBe(true);
  expect(managesVenue(manager, { organisation: { id: 'b' } })).toBe(false);
  expect(managesVenue(manager, { organisation: null })).toBe(false);
  expect(managesVenue(scanner, { organisation: { id: 'a' } })).toBe(false);
  expect(managesVenue({ ...scanner, roles: ['ADMIN'] }, { organisation: { id: 'b' } })).toBe(true);
});
