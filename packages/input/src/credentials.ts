import {
  type DocumentNode,
  getNamedType,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isInputObjectType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

import { limitsOf } from './limits.ts';
import { fragmentsIn } from './variable-limits.ts';

/** The number of an operation's root fields that take a credential, those of its fragments included. */
export function countCredentialFields(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): number {
  const names = credentialFieldsOf(schema.getRootType(operation.operation) ?? undefined);
  if (names.size === 0) return 0;
  const fragments = fragmentsIn(document);
  const known = new Map<string, number>();
  const ofFragment = (name: string): number => {
    const count = known.get(name);
    if (count !== undefined) return count;
    // A cycle counts as nothing; validation rejects it later.
    known.set(name, 0);
    const fragment = fragments.get(name);
    const found = fragment ? countIn(fragment.selectionSet) : 0;
    known.set(name, found);
    return found;
  };
  const countIn = ({ selections }: SelectionSetNode): number =>
    selections.reduce((total, selection) => {
      if (selection.kind === Kind.FIELD) return total + (names.has(selection.name.value) ? 1 : 0);
      if (selection.kind === Kind.FRAGMENT_SPREAD) return total + ofFragment(selection.name.value);
      return total + countIn(selection.selectionSet);
    }, 0);
  return countIn(operation.selectionSet);
}

const credentialFields = new WeakMap<GraphQLNamedType, ReadonlySet<string>>();

/** The names of a root type's fields that take a credential. */
function credentialFieldsOf(root: GraphQLNamedType | undefined): ReadonlySet<string> {
  if (!isObjectType(root)) return new Set();
  const known = credentialFields.get(root);
  if (known !== undefined) return known;
  const fields = Object.values(root.getFields()).filter(({ args }) =>
    args.some((argument) => limitsOf(argument).isSecret === true || hasSecret(argument.type, new Set())),
  );
  const names = new Set(fields.map(({ name }) => name));
  credentialFields.set(root, names);
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
