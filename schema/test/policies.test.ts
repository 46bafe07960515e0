import { parse } from 'graphql';
import { expect, test } from 'vitest';

import { isAsStrict, ownRequirement, requirementInWords } from '../src/checks/authorisation/requirement.ts';
import { errorsOf, registryCopy } from './registry-copy.ts';

test('removing @authenticated from a field fails', async () => {
  const copy = await registryCopy();
  copy.subgraph('accounts', 'viewer: User @authenticated', 'viewer: User');
  const checked = await copy.check();
  expect(checked.exitCode).toBe(7);
  expect(errorsOf(checked)).toMatchObject([
    {
      rule: 'authorisation/removed',
      coordinate: 'Query.viewer',
      subgraph: 'accounts',
      location: { file: 'subgraphs/accounts/schema.graphql' },
      message: 'Query.viewer required a signed-in caller and now requires nothing.',
    },
  ]);
});

const SCOPES = '@requiresScopes(scopes: [["catalog:write"]])';
const CREATE_VENUE = `createVenue("The venue." input: CreateVenueInput!): CreateVenueResult!\n    ${SCOPES}`;

test('loosening scopes fails; tightening or reordering them passes', async () => {
  const copy = await registryCopy();
  const withScopes = (scopes: string): string => CREATE_VENUE.replace('[["catalog:write"]]', scopes);
  copy.subgraph('catalog', CREATE_VENUE, withScopes('[["catalog:write"], ["catalog:read"]]'));
  const loosened = await copy.check();
  expect(loosened.exitCode).toBe(7);
  expect(errorsOf(loosened)).toMatchObject([
    {
      rule: 'authorisation/loosened',
      coordinate: 'Mutation.createVenue',
      subgraph: 'catalog',
      message: expect.stringContaining('scope:catalog:write, or scope:catalog:read'),
    },
  ]);
  copy.subgraph('catalog', '[["catalog:write"], ["catalog:read"]]', '[["venues:write", "catalog:write"]]');
  expect((await copy.check()).exitCode).toBe(0);
});

test('replacing scopes by @authenticated fails', async () => {
  const copy = await registryCopy();
  copy.subgraph('catalog', SCOPES, '@authenticated');
  expect((await copy.check()).exitCode).toBe(7);
});

test('an approval lets a loosening pass until its day', async () => {
  const copy = await registryCopy();
  copy.subgraph('accounts', 'viewer: User @authenticated', 'viewer: User');
  const approval = (expires: string): string =>
    `- { rule: authorisation/removed, coordinate: Query.viewer, reason: it answers null to strangers, expires: ${expires} }\n`;
  copy.write('schema/approvals.yml', approval('2026-11-24'));
  const approved = await copy.check();
  expect(approved.exitCode).toBe(0);
  expect(approved.findings).toContainEqual(
    expect.objectContaining({ severity: 'note', message: expect.stringContaining('it answers null to strangers') }),
  );
  copy.write('schema/approvals.yml', approval('2026-11-23'));
  const over = await copy.check();
  expect(over.exitCode).toBe(7);
  expect(errorsOf(over)).toMatchObject([{ message: expect.stringContaining('approval expired on 2026-11-23') }]);
});

test('an approval that lasts too long or lacks a reason is rejected, with its line', async () => {
  const copy = await registryCopy();
  copy.write(
    'schema/approvals.yml',
    '- rule: breaking/field-removed\n  coordinate: Show.format\n  reason: because it is so\n  expires: 2028-01-01\n',
  );
  expect(await copy.checkOnly()).toMatchObject({
    exitCode: 2,
    findings: [
      { message: expect.stringContaining('more than 180 days'), location: { file: 'schema/approvals.yml', line: 4 } },
    ],
  });
  copy.edit('schema/approvals.yml', '  reason: because it is so\n', '');
  expect(await copy.checkOnly()).toMatchObject({
    exitCode: 2,
    findings: [{ message: expect.stringContaining('0.reason') }],
  });
});

test('an approval that is no longer needed warns', async () => {
  const copy = await registryCopy();
  copy.write(
    'schema/approvals.yml',
    '- { rule: breaking/field-removed, coordinate: Show.format, reason: it was removed long ago, expires: 2026-12-24 }\n',
  );
  expect(await copy.checkOnly()).toMatchObject({
    exitCode: 0,
    findings: expect.arrayContaining([
      expect.objectContaining({ severity: 'warning', message: expect.stringContaining('Show.format') }),
    ]),
  });
});

test('a new unprotected field of a protected type fails, and passes with a policy', async () => {
  const copy = await registryCopy();
  const wallet = '  wallet: Wallet @authenticated\n';
  copy.subgraph('payments', wallet, `${wallet}  "How much credit is left."\n  credit: Int\n`);
  const checked = await copy.check();
  expect(checked.exitCode).toBe(7);
  expect(errorsOf(checked)).toMatchObject([
    { rule: 'authorisation/unprotected', coordinate: 'User.credit', subgraph: 'payments' },
  ]);
  copy.subgraph('payments', '  credit: Int\n', '  credit: Int @policy(policies: [["own-wallet"]])\n');
  expect((await copy.check()).exitCode).toBe(0);
});

test('a new field of an unprotected type passes', async () => {
  const copy = await registryCopy();
  copy.subgraph(
    'catalog',
    '"A city with venues."\ntype City @key(fields: "id") {',
    '"A city with venues."\ntype City @key(fields: "id") {\n  "Its mayor."\n  mayor: String',
  );
  expect((await copy.check()).exitCode).toBe(0);
});

const requirementOf = (directives: string) => {
  const [type] = parse(`type T ${directives} { f: Int }`).definitions;
  if (type?.kind !== 'ObjectTypeDefinition') throw new Error('the test writes a type');
  return ownRequirement(type);
};

test.each([
  ['the same', '@authenticated', '@authenticated', true],
  ['a scope in place of being signed in', '@requiresScopes(scopes: [["a"]])', '@authenticated', true],
  ['being signed in in place of a scope', '@authenticated', '@requiresScopes(scopes: [["a"]])', false],
  ['one more alternative', '@requiresScopes(scopes: [["a"], ["b"]])', '@requiresScopes(scopes: [["a"]])', false],
  [
    'one more alternative that includes the other',
    '@requiresScopes(scopes: [["a"], ["a", "b"]])',
    '@requiresScopes(scopes: [["a"]])',
    true,
  ],
  ['one alternative less', '@requiresScopes(scopes: [["a"]])', '@requiresScopes(scopes: [["a"], ["b"]])', true],
  ['one scope less of two', '@requiresScopes(scopes: [["a"]])', '@requiresScopes(scopes: [["a", "b"]])', false],
  [
    'a policy beside a scope',
    '@requiresScopes(scopes: [["a"]]) @policy(policies: [["p"]])',
    '@requiresScopes(scopes: [["a"]])',
    true,
  ],
  ['a policy in place of a scope', '@policy(policies: [["p"]])', '@requiresScopes(scopes: [["a"]])', false],
  ['an empty alternative', '@requiresScopes(scopes: [["a"], []])', '@requiresScopes(scopes: [["a"]])', false],
])('%s is judged by what it lets through', (_what, after, before, strict) => {
  expect(isAsStrict(requirementOf(after), requirementOf(before))).toBe(strict);
});

test('a requirement is described in words', () => {
  expect(requirementInWords(requirementOf('@requiresScopes(scopes: [["a", "b"], ["c"]])'))).toBe(
    'scope:a and scope:b, or scope:c',
  );
});
