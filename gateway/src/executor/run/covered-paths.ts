import type { GraphQLFormattedError } from 'graphql';

type Path = readonly (string | number)[];

const keyOf = (path: Path): string => JSON.stringify(path);
const withoutIndices = (path: Path): Path => path.filter((segment) => typeof segment === 'string');

/**
 * The paths whose null an error already explains: an error at the path, below it (its null propagated) or above it. An
 * error without a path, as of a failed fetch, explains every null. So each cause is reported once.
 */
export class CoveredPaths {
  readonly #errors = new Set<string>();
  readonly #aboveErrors = new Set<string>();
  /** Authorisation errors are found before execution: their paths have no list indices. */
  readonly #aboveWithheld = new Set<string>();
  #everything = false;

  constructor(errors: readonly GraphQLFormattedError[]) {
    for (const error of errors) this.add(error);
  }

  add({ path, extensions }: GraphQLFormattedError): void {
    if (path === undefined) {
      this.#everything = true;
      return;
    }
    this.#errors.add(keyOf(path));
    const above = extensions?.['code'] === 'UNAUTHORIZED_FIELD_OR_TYPE' ? this.#aboveWithheld : this.#aboveErrors;
    for (let length = 0; length <= path.length; length++) above.add(keyOf(path.slice(0, length)));
  }

  has(path: Path): boolean {
    if (this.#everything || this.#aboveErrors.has(keyOf(path))) return true;
    if (this.#aboveWithheld.size > 0 && this.#aboveWithheld.has(keyOf(withoutIndices(path)))) return true;
    return path.some((_segment, index) => this.#errors.has(keyOf(path.slice(0, index))));
  }
}
