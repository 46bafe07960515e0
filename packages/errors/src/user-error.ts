/**
 * An expected failure: a member of a mutation's result union, which implements the schema's `UserError`.
 *
 * Its `message` is shown to the user; further public properties become fields of the GraphQL type.
 */
export abstract class UserError extends Error {
  abstract readonly __typename: string;
}

type ErrorClass<E extends UserError> = abstract new (...args: never[]) => E;

/** An expected failure as plain data; graphql-js treats a returned Error as thrown. */
type UnionMember<E extends UserError> = E extends UserError ? Omit<E, 'name' | 'stack' | 'cause'> : never;

/**
 * Runs a use case and returns the listed expected failures as members of the result union.
 *
 * Other errors are rethrown. Listing an error that the schema's union lacks does not compile.
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
