import { CombinedGraphQLErrors } from '@apollo/client';

/** An error as a page shows it. */
export interface Problem {
  /** Of the contract's table of errors; `OFFLINE` when there was no answer. */
  readonly code: string;
  readonly message: string;
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** Reads what an operation failed with. */
export function problemOf(error: unknown): Problem {
  if (CombinedGraphQLErrors.is(error)) {
    const [first] = error.errors;
    const extensions = first?.extensions ?? {};
    return { code: String(extensions['code'] ?? 'INTERNAL_SERVER_ERROR'), message: first?.message ?? '', extensions };
  }
  if (error instanceof Error && 'extensions' in error) {
    const extensions = error.extensions as Readonly<Record<string, unknown>>;
    return { code: String(extensions['code'] ?? 'OFFLINE'), message: error.message, extensions };
  }
  return { code: 'OFFLINE', message: '', extensions: {} };
}
