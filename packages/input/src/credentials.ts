import {
  getNamedType,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  isInputObjectType,
} from 'graphql';

import { limitsOf } from './limits.ts';

const known = new WeakMap<GraphQLObjectType, ReadonlySet<string>>();

/** The names of a type's fields that take a credential, in an argument or anywhere in its input object. */
export function credentialFields(type: GraphQLObjectType): ReadonlySet<string> {
  let names = known.get(type);
  if (names === undefined) {
    const fields = Object.values(type.getFields()).filter(({ args }) =>
      args.some((argument) => limitsOf(argument).isSecret === true || hasSecret(argument.type, new Set())),
    );
    names = new Set(fields.map(({ name }) => name));
    known.set(type, names);
  }
  return names;
}

function hasSecret(type: GraphQLInputType, seen: Set<GraphQLNamedType>): boolean {
  const named = getNamedType(type);
  if (!isInputObjectType(named) || seen.has(named)) return false;
  seen.add(named);
  return Object.values(named.getFields()).some(
    (field) => limitsOf(field).isSecret === true || hasSecret(field.type, seen),
  );
}
