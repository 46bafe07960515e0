import { expect, test } from 'vitest';

import type { EventType } from './catalogue.ts';
import type { DomainEvent } from './event.ts';
import { callsFor, type EventHandlers } from './handlers.ts';

const one = async (): Promise<void> => undefined;
const handlers = { single: one, many: { many: one }, other: { many: one } } as unknown as EventHandlers;

/** Events named `type:key`, and the calls for them. */
function calls(...names: string[]): string[] {
  const events = names.map((name) => {
    const [type, key] = name.split(':') as [EventType, string];
    return { id: name, type, key } as DomainEvent;
  });
  return callsFor(events, handlers).map(({ events: handled }) => handled.map(({ id }) => id).join(' '));
}

test('events of a type whose handler takes many are handled by one call, others each by their own', () => {
  expect(calls('many:a', 'single:b', 'many:c', 'single:d', 'other:e', 'many:f')).toEqual([
    'many:a many:c many:f',
    'single:b',
    'single:d',
    'other:e',
  ]);
});

test('events of one key are handled in their order, over all types', () => {
  expect(calls('many:a', 'other:a', 'many:a')).toEqual(['many:a', 'other:a', 'many:a']);
  expect(calls('single:a', 'many:a', 'many:b')).toEqual(['single:a', 'many:a many:b']);
  expect(calls('many:a', 'single:b', 'many:b', 'many:c')).toEqual(['many:a many:c', 'single:b', 'many:b']);
});

test('several events of one key may share a call', () => {
  expect(calls('many:a', 'many:b', 'many:a')).toEqual(['many:a many:b many:a']);
});

test('an event without a handler is left out', () => {
  expect(calls('unknown:a', 'many:a')).toEqual(['many:a']);
});
