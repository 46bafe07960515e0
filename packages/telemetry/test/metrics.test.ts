import { expect, test } from 'vitest';
import { counterIn, observe, processRegistry } from '../src/index.ts';

test('components of a process share metrics by name, each with its own labels', async () => {
  const registry = processRegistry();
  for (const part of ['a', 'b']) {
    counterIn(registry, { name: 'done_total', help: 'Done', labelNames: ['part'] }).inc({ part });
    observe(registry, { name: 'waiting', help: 'Waiting', labels: { part }, read: async () => 3 });
  }
  const text = await registry.metrics();
  for (const part of ['a', 'b']) {
    expect(text).toContain(`done_total{part="${part}"} 1\n`);
    expect(text).toContain(`waiting{part="${part}"} 3\n`);
  }
});

test('a gauge that cannot be read is left out, and the others are still reported', async () => {
  const registry = processRegistry();
  const broken = () => Promise.reject(new Error('the database is down'));
  observe(registry, { name: 'waiting', help: 'Waiting', labels: { part: 'a' }, read: broken });
  observe(registry, { name: 'waiting', help: 'Waiting', labels: { part: 'b' }, read: () => 1 });
  observe(registry, { name: 'alone', help: 'Alone', read: broken });
  observe(registry, { name: 'late', help: 'Late', read: () => new Promise(() => undefined) });
  const text = await registry.metrics();
  expect(text).toContain('waiting{part="b"} 1\n');
  expect(text).not.toMatch(/^(waiting\{part="a"\}|alone|late) /m);
});

test('a process reports its memory and event loop lag', async () => {
  const text = await processRegistry().metrics();
  expect(text).toMatch(/^process_resident_memory_bytes \d/m);
  expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds \d/m);
});
