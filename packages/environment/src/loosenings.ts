import { EnvironmentError, type Variables } from './read-environment.ts';

/** A setting that weakens a deployment, and is for development or tests alone. */
export interface Loosening {
  readonly variable: string;
  /** The weak values; any by default. */
  readonly isLoose?: (value: string) => boolean;
  /** Completes the sentence that begins with the variable. */
  readonly why: string;
}

/**
 * Keeps a program from starting in production with settings that weaken it.
 *
 * @throws {EnvironmentError} with a line for each
 */
export function refuseLoosenings(loosenings: readonly Loosening[], variables: Variables): void {
  if (variables['NODE_ENV'] !== 'production') return;
  const found = loosenings.filter(({ variable, isLoose = () => true }) => {
    const value = variables[variable];
    return value !== undefined && value !== '' && isLoose(value);
  });
  // Values are not repeated: some hold passwords.
  const lines = found.map(({ variable, why }) => `${variable} ${why}. Unset it in production.`);
  if (lines.length > 0) throw new EnvironmentError(lines.join('\n'));
}

/** Keeps a program for developers' machines from starting in production. @throws {EnvironmentError} */
export function refuseProduction(program: string, variables: Variables): void {
  if (variables['NODE_ENV'] !== 'production') return;
  throw new EnvironmentError(`${program} is for developers’ machines: it does not start with NODE_ENV=production.`);
}
