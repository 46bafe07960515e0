import { expect, test } from 'vitest';

import { play, played, type PlayedChange } from './played.ts';

const SDL = `
  type Query { show: Show load: Load @tag(name: "partner") secret: Int @inaccessible @tag(name: "internal") }
  type Mutation { open(input: OpenInput): Show @tag(name: "partner") close: Int }
  input OpenInput { id: ID at: Int @tag(name: "internal") }
  type Show { id: ID! name: String heat: Int @tag(name: "partner") }
  type Load { percent: Int peak: Int trend: Int @tag(name: "internal") }
  enum Mood { CALM TENSE LOUD @tag(name: "internal") }
  extend type Show { mood: Mood }`;
const CLIENTS = {
  'storefront/all.graphql': 'query Show { show { id name } }',
  'backoffice/all.graphql': 'query Load { load { percent } show { mood } } query Heat { show { heat } }',
  'kiosk/all.graphql': 'query Kiosk { show { name } }',
};
const change = (from: string, to: string): PlayedChange[1] => {
  expect(SDL).toContain(from);
  return { before: { shows: SDL }, after: { shows: SDL.replace(from, () => to) }, clients: CLIENTS };
};

const TAGS: PlayedChange[] = [
  [
    'a removed tag shows a field',
    change('heat: Int @tag(name: "partner")', 'heat: Int'),
    8,
    ['error contract/exposed Show.heat [shows]'],
  ],
  [
    'a removed tag shows a field with its types',
    change('load: Load @tag(name: "partner")', 'load: Load'),
    8,
    ['error contract/exposed Query.load [shows]'],
  ],
  [
    'a removed tag shows a field with its arguments',
    change('open(input: OpenInput): Show @tag(name: "partner")', 'open(input: OpenInput): Show'),
    8,
    ['error contract/exposed Mutation.open [shows]'],
  ],
  [
    'a removed tag shows an enum value and an input field',
    {
      ...change('LOUD @tag(name: "internal")', 'LOUD'),
      after: {
        shows: SDL.replace('LOUD @tag(name: "internal")', 'LOUD').replace('at: Int @tag(name: "internal")', 'at: Int'),
      },
    },
    8,
    ['error contract/exposed Mood.LOUD [shows]', 'error contract/exposed OpenInput.at [shows]'],
  ],
  [
    'a tag is exchanged for one that hides less',
    change('trend: Int @tag(name: "internal")', 'trend: Int @tag(name: "partner")'),
    8,
    ['error contract/exposed Load.trend [shows]'],
  ],
  [
    'a tag is exchanged for one that hides more',
    change('heat: Int @tag(name: "partner")', 'heat: Int @tag(name: "internal")'),
    8,
    ['error contract/hidden Show.heat [shows]: backoffice Heat'],
  ],
  [
    'a new field without a tag leads to what the variant hid',
    change('show: Show', 'show: Show busy: Load'),
    8,
    ['error contract/exposed Load [shows]'],
  ],
  [
    'a field with a tag becomes accessible',
    change('secret: Int @inaccessible', 'secret: Int'),
    7,
    ['error authorisation/exposed Query.secret [shows]'],
  ],
  [
    'a tag hides a field that a client of the variant uses',
    change('id: ID! name: String', 'id: ID! name: String @tag(name: "partner")'),
    8,
    ['error contract/hidden Show.name [shows]: kiosk Kiosk, storefront Show'],
  ],
  [
    'a tag hides a field from a variant whose clients do not use it',
    change('mood: Mood', 'mood: Mood @tag(name: "partner")'),
    0,
    [],
  ],
  [
    'a tag hides a value of an enum that a client of the variant reads',
    change('CALM', 'CALM @tag(name: "internal")'),
    8,
    ['error contract/hidden Mood.CALM [shows]: backoffice Load'],
  ],
  [
    'a tag is misspelt',
    change('heat: Int @tag(name: "partner")', 'heat: Int @tag(name: "partners")'),
    8,
    ['error contract/exposed Show.heat [shows]', 'error contract/unknown-tag [shows]'],
  ],
  [
    'a new field has a misspelt tag',
    change('id: ID! name: String', 'id: ID! name: String cost: Int @tag(name: "Internal")'),
    8,
    ['error contract/unknown-tag [shows]'],
  ],
];

test.each(TAGS)('%s', async (_name, tagged, code, found) => {
  expect(await play(tagged)).toEqual({ code, found: found.toSorted() });
});

test('a contract that excludes a tag that is not configured is refused with its line', async () => {
  const copy = await played({ before: { shows: SDL } });
  copy.config('exclude: [partner, internal]', 'exclude: [partner, intern]');
  expect(await copy.checkOnly()).toMatchObject({
    exitCode: 2,
    findings: [
      {
        message: 'schema/registry.config.yml: contracts.public.exclude.1: intern is none of tags: partner, internal',
        location: { file: 'schema/registry.config.yml' },
      },
    ],
  });
});
