import { expect } from 'vitest';

import type { PlayedChange } from './played.ts';

/** A subgraph whose types are guarded by their fields, or hidden. */
export const ACCOUNTS = `
  type Query { viewer: User @authenticated users: [User!] @requiresScopes(scopes: [["users:read"]]) stats: Int @inaccessible }
  type User @key(fields: "id") { id: ID! name: String email: String @authenticated wallet: Wallet @authenticated }
  type Wallet { balance: Int limit(kind: Int @inaccessible): Int }
  type Audit @inaccessible { line: String }`;
/** A subgraph that is open to everyone. */
export const CATALOG = `
  type Query { show: Show pick: Pick things: [Thing] }
  type Show implements Thing @key(fields: "id") { id: ID! name: String }
  interface Thing { id: ID! }
  union Pick = Show | Hall
  type Hall { rows: Int }`;
export const BEFORE = { accounts: ACCOUNTS, catalog: CATALOG };
/** A change of the guarded subgraph. */
export const accounts = (from: string, to: string): PlayedChange[1] => ({
  before: BEFORE,
  after: { accounts: replaced(ACCOUNTS, from, to) },
});
/** A change of the open subgraph. */
export const catalog = (from: string, to: string): PlayedChange[1] => ({
  before: BEFORE,
  after: { catalog: replaced(CATALOG, from, to) },
});

export function replaced(text: string, from: string, to: string): string {
  expect(text).toContain(from);
  return text.replace(from, () => to);
}
