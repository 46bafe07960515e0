import { expect, test } from 'vitest';
import { openLog, processRegistry, type SecurityEventFields, securityEvents } from '../src/index.ts';

const kind = 'access-denied';

test('an attacker who causes a flood of events fills neither the log nor the place of others, and all are counted', async () => {
  const { lines, record, metrics } = recorder();
  for (let count = 0; count < 100_000; count++) record(kind, { address: '203.0.113.7' });
  record(kind, { address: '198.51.100.1' });
  record('refresh-token-reused', { address: '203.0.113.7' });
  expect(lines.map(({ security, address }) => [security, address])).toEqual([
    ...Array.from({ length: 10 }, () => [kind, '203.0.113.7']),
    [kind, '198.51.100.1'],
    ['refresh-token-reused', '203.0.113.7'],
  ]);
  expect(lines[10]?.['omitted']).toBe(99_990);
  expect(await metrics.metrics()).toContain(`marquee_security_events_total{kind="${kind}"} 100001\n`);
});

test('a flood from many addresses is limited by its kind, until the next minute', () => {
  const { lines, record, pass } = recorder();
  for (let count = 0; count < 1_000; count++) record(kind, { address: `203.0.113.${count}` });
  expect(lines).toHaveLength(300);
  pass(60_000);
  record(kind, { address: '203.0.113.1' });
  expect(lines.at(-1)).toMatchObject({ security: kind, omitted: 700 });
});

test('values that a client chose cannot forge a line, hide a part of one or make it long', () => {
  const { lines, texts, record } = recorder();
  record(kind, {
    operation: 'a\n{"security":"forged"}\u2028\u009b31m\u202egnp\ud800',
    detail: 'x'.repeat(100_000),
    userId: undefined,
    address: null,
  } satisfies SecurityEventFields);
  expect(texts).toHaveLength(1);
  expect(texts[0]?.trimEnd()).not.toContain('\n');
  expect(lines[0]?.['operation']).toBe('a\ufffd{"security":"forged"}\ufffd\ufffd31m\ufffdgnp\ufffd');
  expect(lines[0]?.['detail']).toHaveLength(200);
  expect(lines[0]).not.toHaveProperty('address');
});

test('every kind is in the metrics before it first happens, so that an increase from nothing can be alerted on', async () => {
  const { metrics } = recorder();
  expect(await metrics.metrics()).toContain('marquee_security_events_total{kind="role-changed"} 0\n');
});

function recorder() {
  const texts: string[] = [];
  const lines: Record<string, unknown>[] = [];
  const write = (text: string): void => {
    texts.push(text);
    lines.push(JSON.parse(text) as Record<string, unknown>);
  };
  let now = 0;
  const metrics = processRegistry();
  const log = openLog({ service: 'sample', destination: { write } });
  const record = securityEvents({ log, metrics, now: () => now });
  return { texts, lines, metrics, record, pass: (ms: number) => (now += ms) };
}
