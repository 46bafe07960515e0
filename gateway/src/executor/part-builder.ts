import type { GraphQLFormattedError } from 'graphql';

import type { DeferredData, IncrementalPart, PendingFragment, ResponsePath } from './incremental-part.ts';

interface Entry {
  readonly fragment: PendingFragment;
  readonly path: ResponsePath;
  readonly data: Buffer | null;
  readonly errors: GraphQLFormattedError[];
}

interface PartEnd {
  /** Errors since the last part. */
  readonly fresh: readonly GraphQLFormattedError[];
  readonly all: readonly GraphQLFormattedError[];
  readonly hasNext: boolean;
  readonly release: (data: Buffer) => void;
}

/** Collects the fragments of one part, and gives each error to the fragment that it is about. */
export class PartBuilder {
  readonly pending: PendingFragment[] = [];
  readonly #completed: PendingFragment[] = [];
  readonly #entries: Entry[] = [];

  get isEmpty(): boolean {
    return this.#entries.length === 0 && this.#completed.length === 0;
  }

  announce(fragment: PendingFragment): PendingFragment {
    this.pending.push(fragment);
    return fragment;
  }

  add(fragment: PendingFragment, path: ResponsePath, data: Buffer): void {
    this.#entries.push({ fragment, path, data, errors: [] });
  }

  fail(fragment: PendingFragment): void {
    this.#entries.push({ fragment, path: fragment.path, data: null, errors: [] });
  }

  complete(fragment: PendingFragment): void {
    this.#completed.push(fragment);
  }

  build({ fresh, all, hasNext, release }: PartEnd): IncrementalPart {
    for (const error of fresh) this.#entryOf(error)?.errors.push(error);
    for (const { data, path, errors } of this.#entries) {
      // Its cause was reported for another fragment.
      if (data === null && errors.length === 0) errors.push(...all.filter((error) => explains(error, path)));
    }
    const incremental: readonly DeferredData[] = this.#entries;
    return {
      pending: this.pending,
      incremental,
      completed: this.#completed,
      hasNext,
      release: () => incremental.forEach(({ data }) => data && release(data)),
    };
  }

  /** The innermost entry around the error's path; the first when there is none, as for the error of a fetch. */
  #entryOf({ path }: GraphQLFormattedError): Entry | undefined {
    const [first] = this.#entries;
    if (path === undefined) return first;
    const around = this.#entries.filter((entry) => startsWith(path, entry.path));
    const [innermost] = around.toSorted((a, b) => b.path.length - a.path.length);
    // The paths of unauthorised fields have no list indices.
    return innermost ?? this.#entries.find((entry) => startsWith(path, withoutIndices(entry.path))) ?? first;
  }
}

function explains({ path }: GraphQLFormattedError, failed: ResponsePath): boolean {
  return path === undefined || startsWith(path, failed) || startsWith(failed, path);
}

function startsWith(path: ResponsePath, start: ResponsePath): boolean {
  return start.every((segment, index) => path[index] === segment);
}

function withoutIndices(path: ResponsePath): ResponsePath {
  return path.filter((segment) => typeof segment === 'string');
}
