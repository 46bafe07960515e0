/** The parents of each GraphQL type's resolvers, under its name. */
export type { SampleNote } from './domain/sample-note.ts';
