import {
  type ConstDirectiveNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  valueFromASTUntyped,
} from 'graphql';

import { allOf, everyone, type Policy, service, signedIn, withScopes } from './rules.ts';

/**
 * Policies of a type's fields, in addition to `@authenticated` and `@requiresScopes` in the SDL. `'*'` applies to all
 * other fields except an entity's key, which everyone who refers to the entity knows.
 */
export type Permissions = Readonly<Record<string, Readonly<Record<string, Policy>>>>;

/** The policy of every field, by coordinate, such as `Booking.total`. */
export type Policies = ReadonlyMap<string, DecidedPolicy>;

export interface DecidedPolicy extends Policy {
  /** The file or rule that it comes from, shown by `npm run policies`. */
  readonly source: string;
}

/** The policies of the fields in common.graphql. */
const COMMON: Readonly<Record<string, Policy>> = { 'Query.personalData': service('accounts') };

const FEDERATION = new Set(['_service', '_entities']);

/**
 * The policy of each field: that of the permissions, else that of its and its type's directives, else everyone. Root
 * fields and fields of entities can be reached directly, so they need an explicit policy or a directive.
 *
 * @throws when one of these has no policy, or a permission names an unknown type or field
 */
export function policiesOf(schema: GraphQLSchema, permissions: Permissions): Policies {
  const policies = new Map<string, DecidedPolicy>();
  const undecided: string[] = [];
  for (const type of objectTypes(schema)) {
    const explicit = permissions[type.name] ?? {};
    const keys = keysOf(type);
    const isReachable = isRoot(schema, type) || keys.size > 0;
    for (const { name, astNode } of Object.values(type.getFields())) {
      const open = keys.has(name) || FEDERATION.has(name) ? everyone : undefined;
      const decided =
        from('common.graphql', COMMON[`${type.name}.${name}`]) ??
        from('permissions.ts', explicit[name]) ??
        from('entity key', open) ??
        from(`permissions.ts, ${type.name}.*`, explicit['*']) ??
        from('schema.graphql', directivePolicy(astNode, type.astNode, ...type.extensionASTNodes));
      if (!decided && isReachable) undecided.push(`${type.name}.${name}`);
      policies.set(`${type.name}.${name}`, decided ?? { ...everyone, source: 'reached through decided fields' });
    }
  }
  if (undecided.length > 0) {
    throw new Error(`Decide in permissions.ts, or by a directive in the SDL, who may read: ${undecided.join(', ')}`);
  }
  assertKnown(schema, permissions);
  return policies;
}

function from(source: string, policy: Policy | undefined): DecidedPolicy | undefined {
  return policy && { ...policy, source };
}

function objectTypes(schema: GraphQLSchema): GraphQLObjectType[] {
  return Object.values(schema.getTypeMap()).filter(
    (type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__'),
  );
}

function isRoot(schema: GraphQLSchema, type: GraphQLObjectType): boolean {
  return [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].some((root) => root === type);
}

/** The fields of an entity's keys; empty for other types. */
function keysOf({ astNode, extensionASTNodes }: GraphQLObjectType): ReadonlySet<string> {
  const directives = [astNode, ...extensionASTNodes].flatMap((node) => node?.directives ?? []);
  const keys = directives.filter(({ name }) => name.value === 'key').map((key) => argument(key, 'fields'));
  return new Set(keys.flatMap((fields) => fieldsOf(String(fields))));
}

/** The top-level fields of a field set such as `id venue { id }`. */
function fieldsOf(set: string): string[] {
  const [definition] = parse(`{ ${set} }`).definitions as OperationDefinitionNode[];
  const selections = definition?.selectionSet.selections ?? [];
  return selections.flatMap((selection) => (selection.kind === Kind.FIELD ? [selection.name.value] : []));
}

function argument(directive: ConstDirectiveNode, name: string): unknown {
  const found = directive.arguments?.find((given) => given.name.value === name);
  return found && valueFromASTUntyped(found.value);
}

interface Directed {
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
}

/** The policy of the nodes' directives, all of which must hold, as in the gateway. */
function directivePolicy(...nodes: readonly (Directed | null | undefined)[]): Policy | undefined {
  const directives = nodes.flatMap((node) => node?.directives ?? []);
  const scopes = directives.filter(({ name }) => name.value === 'requiresScopes');
  if (scopes.length > 0) return allOf(...scopes.map((each) => withScopes(argument(each, 'scopes') as string[][])));
  return directives.some(({ name }) => name.value === 'authenticated') ? signedIn : undefined;
}

function assertKnown(schema: GraphQLSchema, permissions: Permissions): void {
  for (const [name, fields] of Object.entries(permissions)) {
    const type = schema.getType(name);
    if (!isObjectType(type)) throw new Error(`permissions.ts names the type ${name}, which the schema does not have`);
    const unknown = Object.keys(fields).filter((field) => field !== '*' && !(field in type.getFields()));
    if (unknown.length > 0) throw new Error(`permissions.ts names unknown fields of ${name}: ${unknown.join(', ')}`);
  }
}
