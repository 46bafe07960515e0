import { z } from 'zod';

export type Variables = Readonly<Record<string, string | undefined>>;

/** Invalid environment variables. The message says what to set. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}

/**
 * Reads environment variables, each by its schema. An empty variable counts as unset.
 *
 * A schema's description completes the sentence "Set GATEWAY_PORT to …".
 *
 * @throws {EnvironmentError} with a line for each variable that is missing or invalid
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

/** Names the variable of one service, such as `DATABASE_URL_SANDBOX_PROVIDER`. */
export function variableFor(prefix: string, part: string): string {
  return `${prefix}_${part.toUpperCase().replaceAll('-', '_')}`;
}

/** The description of a schema, also when it is wrapped as optional or with a default. */
function expected(schema: unknown): string {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return expected(schema.unwrap());
  return (schema as z.ZodType).description ?? 'another value';
}
