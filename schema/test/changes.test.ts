import { expect, test } from 'vitest';

import { errorsOf, registryCopy } from './registry-copy.ts';

const HIGH_DEMAND = '  "Whether heavy demand is expected when sales open."\n  highDemand: Boolean!\n';

test('an unchanged schema passes', async () => {
  const copy = await registryCopy();
  expect(await copy.checkOnly()).toMatchObject({ exitCode: 0, changes: { api: [] } });
});

test('a removed field that a registered operation selects fails and names client and operation', async () => {
  const copy = await registryCopy();
  copy.subgraph('catalog', '  "The format, such as `IMAX`."\n  format: String!\n', '');
  const checked = await copy.check();
  expect(checked.exitCode).toBe(6);
  const [removed] = errorsOf(checked).filter(({ rule }) => rule === 'breaking/field-removed');
  expect(removed).toMatchObject({
    coordinate: 'Show.format',
    subgraph: 'catalog',
    location: { file: 'subgraphs/catalog/schema.graphql' },
    message: expect.stringContaining('storefront TitlePage (registered)'),
  });
  expect(errorsOf(checked).some(({ rule }) => rule === 'drift/operation-invalid')).toBe(true);
});

test('a removed field that nothing uses passes with a note', async () => {
  const copy = await registryCopy();
  copy.subgraph('catalog', HIGH_DEMAND, '');
  const checked = await copy.check();
  expect(checked.exitCode).toBe(0);
  expect(checked.findings).toContainEqual(
    expect.objectContaining({ rule: 'breaking/field-removed', severity: 'note', coordinate: 'Show.highDemand' }),
  );
});

test('a removed type fails when operations select its fields', async () => {
  const copy = await registryCopy();
  copy.subgraph('catalog', '  "The refunds for cancelled tickets."\n  cancellationPolicy: CancellationPolicy!\n', '');
  copy.subgraph('catalog', 'type CancellationPolicy {', 'type RefundPolicy {');
  const checked = await copy.check();
  expect(checked.exitCode).toBe(6);
  expect(errorsOf(checked)).toContainEqual(
    expect.objectContaining({ rule: 'breaking/type-removed', message: expect.stringContaining('storefront SeatMap') }),
  );
});

test('a field that becomes nullable fails where it is selected', async () => {
  const copy = await registryCopy();
  copy.subgraph('catalog', '  startsAt: DateTime!\n', '  startsAt: DateTime\n');
  const checked = await copy.check();
  expect(checked.exitCode).toBe(6);
  expect(errorsOf(checked)).toMatchObject([
    { rule: 'breaking/field-type-changed', coordinate: 'Show.startsAt', location: { line: expect.any(Number) } },
  ]);
});

test('a field counts as used when operations select it on an interface', async () => {
  const copy = await registryCopy();
  const sdl = copy.read('subgraphs/catalog/schema.graphql');
  copy.write(
    'subgraphs/catalog/schema.graphql',
    sdl.replaceAll('  durationMinutes: Int!\n  "The age', '  durationMinutes: Int\n  "The age'),
  );
  const checked = await copy.check();
  expect(checked.exitCode).toBe(6);
  expect(errorsOf(checked).map(({ coordinate }) => coordinate)).toEqual(
    expect.arrayContaining(['Title.durationMinutes', 'Movie.durationMinutes', 'LiveEvent.durationMinutes']),
  );
});

test('a nullable field that becomes non-null passes', async () => {
  const copy = await registryCopy();
  copy.subgraph('accounts', '  email: String\n', '  email: String!\n');
  expect((await copy.check()).exitCode).toBe(0);
});

test('a new enum value warns, or fails if so configured', async () => {
  const copy = await registryCopy();
  copy.subgraph('payments', 'enum PaymentMethodKind {\n', 'enum PaymentMethodKind {\n  "Cash."\n  CASH\n');
  const warned = await copy.check();
  expect(warned.exitCode).toBe(0);
  expect(warned.findings).toContainEqual(
    expect.objectContaining({ severity: 'warning', coordinate: 'PaymentMethodKind.CASH', subgraph: 'payments' }),
  );
  copy.config('dangerous: warn', 'dangerous: fail');
  expect((await copy.check()).exitCode).toBe(6);
});

test('a new union member warns, a removed one fails when operations spread it', async () => {
  const copy = await registryCopy();
  copy.subgraph(
    'booking',
    'union ReleaseHoldResult = ReleaseHoldPayload |',
    'union ReleaseHoldResult = ReleaseHoldPayload | ShowClosedError |',
  );
  const added = await copy.check();
  expect([added.exitCode, added.findings.filter(({ severity }) => severity === 'warning').length]).toEqual([0, 1]);
  const other = await registryCopy();
  other.subgraph(
    'booking',
    'union HoldSeatsResult =\n  | HoldSeatsPayload\n  | AdmissionRequiredError\n  | SeatUnavailableError\n',
    'union HoldSeatsResult =\n  | HoldSeatsPayload\n  | AdmissionRequiredError\n',
  );
  const removed = await other.check();
  expect(removed.exitCode).toBe(6);
  expect(errorsOf(removed)).toContainEqual(
    expect.objectContaining({ rule: 'breaking/union-member-removed', subgraph: 'booking' }),
  );
});

test('a field moves to another subgraph with @override, and is then removed from the first, without a breaking change', async () => {
  const copy = await registryCopy();
  const moved = '  "Whether heavy demand is expected when sales open."\n  highDemand: Boolean';
  copy.subgraph(
    'booking',
    '  availability: Availability\n',
    `  availability: Availability\n${moved}! @override(from: "catalog")\n`,
  );
  copy.exclude('cross-subgraph-nullable', 'Show.highDemand', 'moved as it is');
  expect(await copy.check()).toMatchObject({ exitCode: 0, changes: { api: [] } });
  expect((await copy.run('publish')).code).toBe(0);
  copy.subgraph('catalog', HIGH_DEMAND, '');
  expect(await copy.check()).toMatchObject({ exitCode: 0, changes: { api: [] } });
});

test('a whole type moves to another subgraph with @override', async () => {
  const copy = await registryCopy();
  const screen = `
"An auditorium with a screen or a stage."
type Screen @key(fields: "id") {
  "The screen's id."
  id: ID!
  "The screen's name."
  name: String! @override(from: "catalog")
  "The number of seats."
  capacity: Int! @override(from: "catalog")
}`;
  copy.extend('booking', screen);
  copy.config('    User: accounts\n', '    User: accounts\n    Screen: booking\n');
  copy.exclude('cross-subgraph-nullable', '"Screen.*"', 'moved as they are');
  expect(await copy.check()).toMatchObject({ exitCode: 0, changes: { api: [] } });
});

test('a removed key fails, and passes with an approval', async () => {
  const copy = await registryCopy();
  const key = 'type Notification @key(fields: "id") {';
  copy.subgraph('notifications', key, 'type Notification {');
  const checked = await copy.check();
  expect(checked.exitCode).toBe(6);
  expect(errorsOf(checked)).toMatchObject([
    {
      rule: 'breaking/key-removed',
      coordinate: 'Notification',
      subgraph: 'notifications',
      location: {
        file: 'subgraphs/notifications/schema.graphql',
        line: lineOf(copy.read('subgraphs/notifications/schema.graphql'), 'type Notification {'),
      },
    },
  ]);
  copy.write(
    'schema/approvals.yml',
    '- { rule: breaking/key-removed, coordinate: Notification, reason: no other subgraph refers to it, expires: 2026-12-24 }\n',
  );
  expect((await copy.check()).exitCode).toBe(0);
});

test('a new subgraph passes, a removed one fails when it is used', async () => {
  const copy = await registryCopy();
  copy.write('subgraphs/weather/schema.graphql', 'type Query {\n  "Whether it rains."\n  raining: Boolean\n}\n');
  expect((await copy.check()).exitCode).toBe(0);
  copy.remove('subgraphs/notifications');
  const removed = await copy.check();
  expect(removed.exitCode).toBe(6);
  expect(errorsOf(removed)).toContainEqual(
    expect.objectContaining({
      subgraph: 'notifications',
      message: expect.stringContaining('storefront MyNotifications'),
    }),
  );
});

function lineOf(text: string, line: string): number {
  return text.split('\n').indexOf(line) + 1;
}
