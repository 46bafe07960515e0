import { readdirSync, readFileSync } from 'node:fs';
import { Kind, parse, print } from 'graphql';

/** A GraphQL document with one operation, typed by its data and variables. */
export interface Operation<Data, Variables> {
  name: string;
  document: string;
  /** Never set; carries the types. */
  readonly types?: (variables: Variables) => Data;
}

/** Picks an operation by its name. @throws when there is none */
export type OperationPicker = <Data, Variables = Record<string, never>>(name: string) => Operation<Data, Variables>;

/** The operations registered by a client in `schema/clients`, exactly as it sends them. */
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
