import { expect, test } from 'vitest';

import { scopesOf } from './scopes.ts';
import { ROLES } from './user.ts';

test('a customer has no scopes', () => {
  expect(scopesOf(['CUSTOMER'])).toEqual([]);
});

test('the scopes of several roles add up', () => {
  expect(scopesOf(['CUSTOMER', 'ADVERTISER', 'ANALYST'])).toEqual(['campaigns:write', 'reports:read', 'risk:read']);
});

test('a member has the scopes of the work that their roles in organisations include', () => {
  expect(scopesOf(['CUSTOMER'], ['SCANNER'])).toEqual(['tickets:scan']);
  expect(scopesOf(['CUSTOMER'], ['SCANNER', 'FINANCE'])).toEqual(['sales:read', 'tickets:scan']);
  expect(scopesOf(['CUSTOMER'], ['OWNER'])).toEqual(expect.arrayContaining(scopesOf(['PARTNER'])));
});

test('an administrator has every scope of every role, and more', () => {
  const admin = scopesOf(['ADMIN']);
  for (const role of ROLES) expect(admin).toEqual(expect.arrayContaining(scopesOf([role])));
  expect(admin).toEqual(
    expect.arrayContaining(['audit:read', 'coupons:write', 'plans:write', 'risk:write', 'users:write']),
  );
  expect(new Set(admin).size).toBe(admin.length);
});
