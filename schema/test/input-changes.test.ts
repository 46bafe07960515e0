import { expect, test } from 'vitest';

import { errorsOf, registryCopy } from './registry-copy.ts';

test('an optional input field that becomes required fails when operations send the input', async () => {
  const copy = await registryCopy();
  copy.subgraph('booking', '  tierId: ID\n', '  tierId: ID!\n');
  const checked = await copy.check();
  expect(checked.exitCode).toBe(6);
  expect(errorsOf(checked)).toMatchObject([
    {
      rule: 'breaking/input-field-type-changed',
      coordinate: 'HoldBestAvailableInput.tierId',
      subgraph: 'booking',
      message: expect.stringContaining('HoldBestAvailable (registered)'),
    },
  ]);
});

test('a required input field that becomes optional passes', async () => {
  const copy = await registryCopy();
  copy.subgraph('booking', '  quantity: Int!\n', '  quantity: Int\n');
  expect((await copy.check()).exitCode).toBe(0);
});

test('a new required input field fails when operations send the input', async () => {
  const copy = await registryCopy();
  copy.subgraph(
    'booking',
    'input CreateBookingInput {\n',
    'input CreateBookingInput {\n  "Who asked."\n  referrer: String! @constraint(maxLength: 9)\n',
  );
  const checked = await copy.check();
  expect(checked.exitCode).toBe(6);
  expect(errorsOf(checked)).toMatchObject([
    { rule: 'breaking/input-field-added', message: expect.stringContaining('storefront CreateBooking') },
  ]);
});

test('removing an input field fails when a registered operation may send it in its variables', async () => {
  const copy = await registryCopy();
  copy.subgraph('booking', '  "Only seats or standing places of this price tier."\n  tierId: ID\n', '');
  const checked = await copy.check();
  expect(checked.exitCode).toBe(6);
  expect(errorsOf(checked)).toMatchObject([{ rule: 'breaking/input-field-removed' }]);
});

test('a new required argument fails, an optional one passes', async () => {
  const copy = await registryCopy();
  const venue = 'venue("The venue\'s id." id: ID!): Venue';
  copy.subgraph(
    'catalog',
    venue,
    'venue("The venue\'s id." id: ID!, "The language." language: String! @constraint(maxLength: 9)): Venue',
  );
  const required = await copy.check();
  expect(required.exitCode).toBe(6);
  expect(errorsOf(required)).toContainEqual(
    expect.objectContaining({
      rule: 'breaking/field-argument-added',
      message: expect.stringContaining('storefront VenuePage'),
    }),
  );
  copy.subgraph(
    'catalog',
    'language: String! @constraint(maxLength: 9)): Venue',
    'language: String @constraint(maxLength: 9)): Venue',
  );
  expect((await copy.check()).exitCode).toBe(0);
});

test('a removed argument fails when operations use it, and passes otherwise', async () => {
  const copy = await registryCopy();
  copy.subgraph('catalog', '    "The location to search near."\n    near: GeoPointInput\n', '');
  const given = await copy.check();
  expect(given.exitCode).toBe(6);
  expect(errorsOf(given)).toContainEqual(
    expect.objectContaining({ rule: 'breaking/field-argument-removed', coordinate: 'Query.cities(near:)' }),
  );
});

test('a removed enum value fails when registered operations may send it', async () => {
  const copy = await registryCopy();
  copy.subgraph('booking', '  "The show is over."\n  COMPLETED\n', '');
  const checked = await copy.check();
  expect(checked.exitCode).toBe(6);
  expect(errorsOf(checked)).toMatchObject([
    {
      rule: 'breaking/enum-value-removed',
      coordinate: 'BookingStatus.COMPLETED',
      message: expect.stringContaining('backoffice VenueBookings'),
    },
  ]);
});

test('a lower maximum of an input is dangerous and says both, a higher one is safe', async () => {
  const copy = await registryCopy();
  copy.subgraph('booking', 'seatIds: [ID!]! @constraint(maxItems: 10)', 'seatIds: [ID!]! @constraint(maxItems: 5)');
  const lower = await copy.check();
  expect(lower.exitCode).toBe(0);
  expect(lower.findings).toContainEqual(
    expect.objectContaining({
      rule: 'breaking/input-limit-lowered',
      severity: 'warning',
      coordinate: 'HoldSeatsInput.seatIds',
      message: 'Dangerous: HoldSeatsInput.seatIds takes at most 5 items, 10 before.',
    }),
  );
  copy.subgraph('booking', '@constraint(maxItems: 5)', '@constraint(maxItems: 20)');
  const { findings, changes } = await copy.check();
  expect(findings.filter(({ rule }) => rule.startsWith('breaking/'))).toEqual([]);
  expect(changes.api).toMatchObject([{ level: 'safe', type: 'INPUT_LIMIT_RAISED' }]);
});

test('an input that becomes a credential is a dangerous change', async () => {
  const copy = await registryCopy();
  copy.subgraph(
    'booking',
    'seatIds: [ID!]! @constraint(maxItems: 10)',
    'seatIds: [ID!]! @constraint(maxItems: 10) @secret',
  );
  expect((await copy.check()).changes.api).toMatchObject([
    { level: 'dangerous', message: expect.stringContaining('a request takes one field with any') },
  ]);
});
