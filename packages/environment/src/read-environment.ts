import { z } from 'zod';

export type Variables = Readonly<Record<string, string | undefined>>;

/** An environment that a process cannot start with. The message says what to set. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}

/**
 * Reads variables, each by the schema of its name. An empty variable counts as not set.
 *
 * A schema's description completes the sentence "Set GATEWAY_PORT to …".
 *
 * @throws {EnvironmentError} with a line for each variable that is missing or wrong
 */
export function readEnvironment<Shape extends z.ZodRawShape>(
  shape: Shape,
  variables: Variables,
): z.output<z.ZodObject<Shape>> {
  const given = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''),
  );
  const read = z.object(shape).safeParse(given);
  if (read.success) return read.data;
  const wrong = new Set(read.error.issues.map(({ path }) => String(path[0])));
  throw new EnvironmentError([...wrong].map((name) => `Set ${name} to ${expected(shape[name])}.`).join('\n'));
}

/** `DATABASE_URL_SANDBOX_PROVIDER`: the variable of one part among several. */
export function variableFor(prefix: string, part: string): string {
  return `${prefix}_${part.toUpperCase().replaceAll('-', '_')}`;
}

/** An optional value, or one with a default, is described by what it is when given. */
function expected(schema: unknown): string {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return expected(schema.unwrap());
  return (schema as z.ZodType).description ?? 'another value';
}
