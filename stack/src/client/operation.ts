import { readdirSync, readFileSync } from 'node:fs';
import { Kind, parse, print } from 'graphql';

/** A GraphQL document with one operation, and what goes in and comes out. */
export interface Operation<Data, Variables> {
  name: string;
  document: string;
  /** Only for the compiler. */
  readonly types?: (variables: Variables) => Data;
}

/** Picks an operation by its name. @throws when there is none of that name. */
export type OperationPicker = <Data, Variables = Record<string, never>>(name: string) => Operation<Data, Variables>;

/** The operations that a client has registered in `schema/clients`, word for word as it sends them. */
export function registeredOperations(client: string): OperationPicker {
  const folder = new URL(`../../../schema/clients/${client}/`, import.meta.url);
  const sources = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), 'utf8'));
  const definitions = parse(sources.join('\n')).definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  return (name) => {
    const found = definitions.find((definition) => 'name' in definition && definition.name?.value === name);
    if (!found) throw new Error(`${client} has registered no operation ${name}.`);
    return { name, document: print(found) };
  };
}
