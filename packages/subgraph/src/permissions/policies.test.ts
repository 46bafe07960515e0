import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { expect, test } from 'vitest';

import { type Permissions, policiesOf } from './policies.ts';
import { everyone } from './rules.ts';

const LINK = `extend schema @link(
  url: "https://specs.apollo.dev/federation/v2.9"
  import: ["@authenticated", "@key", "@requiresScopes"]
)`;

function policies(sdl: string, permissions: Permissions = {}) {
  return policiesOf(buildSubgraphSchema(parse(`${LINK} ${sdl}`)), permissions);
}

test('an entity’s key is open, but not the fields that its key selects of another type', () => {
  const sdl = `
    type Review @key(fields: "id author { email }") { id: ID! author: Author! email: String }
    type Author { email: String! }
  `;
  expect(() => policies(sdl)).toThrow('who may read: Review.email');
});

test('a field has the requirements of its directives and its type’s, also of an extension', () => {
  const read = policies(`
    type Query { report: Report @authenticated }
    type Report @requiresScopes(scopes: [["reports:read"]]) {
      rows: Int
      gross: Int @requiresScopes(scopes: [["sales:read"], ["finance:read"]])
    }
    type Draft { text: String }
    extend type Draft @authenticated { note: String }
  `);
  expect(Object.fromEntries([...read].map(([field, { description }]) => [field, description]))).toMatchObject({
    'Query.report': 'signed in',
    'Report.rows': 'scope reports:read',
    'Report.gross': 'scope sales:read, or finance:read, and scope reports:read',
    'Draft.text': 'signed in',
    'Draft.note': 'signed in',
  });
});

test('a field’s permission takes precedence over its directives', () => {
  const sdl = 'type Query { open: String @authenticated }';
  expect(policies(sdl, { Query: { open: everyone } }).get('Query.open')?.description).toBe('everyone');
});
