import { expect, test } from 'vitest';

import { errorsOf, registryCopy } from './registry-copy.ts';

const CASES: [rule: string, coordinate: string, subgraph: string, sdl: string][] = [
  [
    'description',
    'Weather.wind',
    'catalog',
    '"The weather."\ntype Weather {\n  wind: Int\n}\nextend type City {\n  "Its weather."\n  weather: Weather\n}',
  ],
  ['naming', 'City.sea_level', 'catalog', 'extend type City {\n  "Its height."\n  sea_level: Int\n}'],
  [
    'naming',
    'Tide.High',
    'catalog',
    '"The tide."\nenum Tide {\n  "High."\n  High\n}\nextend type City {\n  "Its tide."\n  tide: Tide\n}',
  ],
  [
    'relay-connection',
    'City.premieres',
    'catalog',
    'extend type City {\n  "Its premieres."\n  premieres: ShowConnection\n}',
  ],
  [
    'relay-connection',
    'MayorConnection',
    'catalog',
    '"Mayors."\ntype MayorConnection {\n  "The page."\n  nodes: [String!]!\n}\nextend type City {\n  "Its mayors."\n  mayors(\n    "How many."\n    first: Int\n    "From where."\n    after: String\n  ): MayorConnection\n}',
  ],
  ['list-size', 'City.halls', 'catalog', 'extend type City {\n  "Its halls."\n  halls: [Venue!]\n}'],
  [
    'input-object',
    'Mutation.closeVenue',
    'catalog',
    '"It is closed."\ntype CloseVenuePayload {\n  "The venue."\n  venue: Venue!\n}\nextend type Mutation {\n  "Closes a venue."\n  closeVenue(\n    "Its id."\n    id: ID!\n    "Why."\n    reason: String!\n  ): CloseVenuePayload @authenticated\n}',
  ],
  [
    'result-union',
    'Mutation.emptyVenue',
    'catalog',
    'extend type Mutation {\n  "Empties a venue."\n  emptyVenue("Its id." id: ID!): Boolean @authenticated\n}',
  ],
  [
    'result-union',
    'BusyError',
    'catalog',
    '"It is let."\ntype LetVenuePayload {\n  "The venue."\n  venue: Venue!\n}\n"It is in use."\ntype BusyError {\n  "Why."\n  message: String!\n}\n"What comes of it."\nunion LetVenueResult = LetVenuePayload | BusyError\nextend type Mutation {\n  "Lets a venue."\n  letVenue("Its id." id: ID!): LetVenueResult @authenticated\n}',
  ],
  [
    'deprecation',
    'City.oldName',
    'catalog',
    'extend type City {\n  "Its name."\n  oldName: String @deprecated(reason: "Use name.")\n}',
  ],
  [
    'entity-key',
    'Lounge',
    'catalog',
    '"A lounge."\ntype Lounge @key(fields: "name") {\n  "Its name."\n  name: String!\n}\nextend type City {\n  "Its lounge."\n  lounge: Lounge\n}',
  ],
  [
    'cross-subgraph-nullable',
    'Show.mood',
    'booking',
    'extend type Show @key(fields: "id") {\n  "Its mood."\n  mood: String! @authenticated\n}',
  ],
  [
    'bounded-input',
    'City.nearby(ids:)',
    'catalog',
    'extend type City {\n  "How near it is to others."\n  nearby("Their ids." ids: [ID!]!): Int\n}',
  ],
  [
    'bounded-input',
    'FestivalInput.names',
    'catalog',
    '"A festival."\ninput FestivalInput {\n  "Its names."\n  names: [String!]! @constraint(maxItems: 3)\n}',
  ],
  [
    'secret-input',
    'DoorInput.entryCode',
    'catalog',
    '"A door."\ninput DoorInput {\n  "Its code."\n  entryCode: String! @constraint(maxLength: 8)\n}',
  ],
  [
    'cross-subgraph-nullable',
    'Screen',
    'booking',
    '"An auditorium."\ntype Screen @key(fields: "id") {\n  "Its id."\n  id: ID!\n  "How full it is."\n  fill: Int @authenticated\n}',
  ],
];

test('each lint rule reports its violation', async () => {
  const copy = await registryCopy();
  for (const [, , subgraph, sdl] of CASES) copy.extend(subgraph, sdl);
  const checked = await copy.check();
  expect(checked.exitCode).toBe(11);
  const broken = errorsOf(checked).map(({ rule, coordinate, subgraph, location }) => [
    rule,
    coordinate,
    subgraph,
    location?.file,
  ]);
  const expected = CASES.map(([rule, coordinate, subgraph]) => [
    `lint/${rule}`,
    coordinate,
    subgraph,
    `subgraphs/${subgraph}/schema.graphql`,
  ]);
  expect(broken).toEqual(expect.arrayContaining(expected));
});

test('a deprecation with a reason and a day passes, and warns after that day', async () => {
  const copy = await registryCopy();
  copy.extend(
    'catalog',
    'extend type City {\n  "Its name."\n  oldName: String @deprecated(reason: "Use name. Removed after 2027-06-30.")\n}',
  );
  expect((await copy.check()).exitCode).toBe(0);
  copy.subgraph('catalog', '2027-06-30', '2026-06-30');
  const checked = await copy.check();
  expect(checked.exitCode).toBe(0);
  expect(checked.findings).toContainEqual(expect.objectContaining({ rule: 'lint/deprecation', severity: 'warning' }));
});

test('a rule’s severity can be lowered, and elements excluded from it', async () => {
  const copy = await registryCopy();
  copy.extend('catalog', 'extend type City {\n  "Its height."\n  sea_level: Int\n}');
  copy.config('naming: error', 'naming: warning');
  expect((await copy.check()).exitCode).toBe(0);
  copy.config('naming: warning', 'naming: error');
  copy.exclude('naming', '"City.sea_*"', 'the name of a standard');
  expect((await copy.check()).exitCode).toBe(0);
});

test('a contract variant hides tagged elements, and types that become unreachable', async () => {
  const copy = await registryCopy();
  const [visible, partner] = [
    await copy.run('compose', '--variant', 'public'),
    await copy.run('compose', '--variant', 'partner'),
  ];
  expect(visible.text).not.toMatch(/createVenue|CreateVenueInput|PayableBooking/);
  expect(partner.text).toMatch(/createVenue[^]*CreateVenueInput/);
  expect(visible.text).toContain('holdSeats');
});

test('a reachable internal type fails, and the finding names the field that reaches it', async () => {
  const copy = await registryCopy();
  copy.extend(
    'catalog',
    '"How busy it is."\ntype Load @tag(name: "internal") {\n  "Percent."\n  percent: Int\n}\nextend type City {\n  "Its load."\n  load: Load\n}',
  );
  const checked = await copy.check();
  expect(checked.exitCode).toBe(8);
  expect(errorsOf(checked)[0]).toMatchObject({
    rule: 'contract/leak',
    subgraph: 'catalog',
    message: expect.stringMatching(/contract variant public[^]*City\.load/),
  });
});

test('a field that is hidden on an interface but visible on its type fails', async () => {
  const copy = await registryCopy();
  copy.subgraph(
    'catalog',
    '  "The first release date."\n  releaseDate: Date\n',
    '  "The first release date."\n  releaseDate: Date @tag(name: "internal")\n',
  );
  const checked = await copy.check();
  expect(checked.exitCode).toBe(8);
  expect(errorsOf(checked)).toContainEqual(
    expect.objectContaining({
      rule: 'contract/leak',
      message: expect.stringMatching(/(Movie|LiveEvent)\.releaseDate/),
    }),
  );
});
