/**
 * An expected failure: a member of a mutation's result union that implements the schema's `UserError`.
 *
 * Its `message` is shown to the person; further public properties become the type's fields.
 */
export abstract class UserError extends Error {
  abstract readonly __typename: string;
}

type ErrorClass<E extends UserError> = abstract new (...args: never[]) => E;

/** An expected failure as data: GraphQL would throw an instance of Error. */
type UnionMember<E extends UserError> = E extends UserError ? Omit<E, 'name' | 'stack' | 'cause'> : never;

/**
 * Runs a use case and turns the listed expected failures into members of the result union.
 *
 * Everything else is thrown on. Listing an error whose `__typename` the schema's union lacks does not compile,
 * since the resolver's type refuses it.
 */
export async function resultOf<Payload, const Expected extends readonly ErrorClass<UserError>[]>(
  expected: Expected,
  run: () => Promise<Payload>,
): Promise<Payload | UnionMember<InstanceType<Expected[number]>>> {
  try {
    return await run();
  } catch (error) {
    for (const errorClass of expected) {
      if (error instanceof errorClass) return { ...(error as InstanceType<Expected[number]>), message: error.message };
    }
    throw error;
  }
}
