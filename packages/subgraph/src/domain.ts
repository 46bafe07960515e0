/** What a domain may use of this package: no GraphQL, no Prisma. */
export * from './errors.ts';
export * from './ids.ts';
