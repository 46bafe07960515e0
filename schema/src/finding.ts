/**
 * Exit codes by class of failure. When several classes fail, the first of this list decides. A code never changes its
 * meaning; 1 means that the command itself failed.
 */
export const EXIT_CODES = {
  /** Invalid arguments, configuration or approval. */
  input: 2,
  /** A subgraph's SDL or a client's document cannot be read or does not parse. */
  syntax: 3,
  /** The subgraphs do not compose. */
  composition: 4,
  /** The published schema is missing or damaged. */
  published: 5,
  /** A breaking change to something in use. */
  breaking: 6,
  /** More callers than before may read a field. */
  authorisation: 7,
  /** A contract variant is invalid, shows what it hid, or hides what its clients use. */
  contract: 8,
  /** Usage is unavailable. */
  usage: 9,
  /** A generated file, operation or migration is out of date. */
  drift: 10,
  /** A lint rule is violated. */
  lint: 11,
} as const;

export type FailureClass = keyof typeof EXIT_CODES;

/** A place in a file of the repository. */
export interface Location {
  /** Relative to the repository's root. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A use that a change breaks. */
export interface Use {
  readonly client: string;
  /** Absent for a registered operation without recorded usage. */
  readonly version?: string | undefined;
  readonly operation: string;
  /** A published version that its client edited or removed since. */
  readonly former?: boolean;
  /** Calls within the window; absent when the use is known from a registered operation only. */
  readonly count?: number;
}

/** A finding of a check. */
export interface Finding {
  readonly class: FailureClass;
  /** The rule, such as `breaking/field-removed`, as used in the configuration and approvals. */
  readonly rule: string;
  /** Errors fail the check. */
  readonly severity: 'error' | 'warning' | 'note';
  readonly message: string;
  /** How to fix it. */
  readonly help?: string;
  readonly subgraph?: string;
  readonly coordinate?: string;
  readonly location?: Location;
  /** The lines around the location, for SDL that is invalid. */
  readonly excerpt?: string;
  readonly uses?: readonly Use[];
}

/** The exit code of a check with these findings. */
export function exitCode(findings: readonly Finding[]): number {
  const codes = findings.filter(({ severity }) => severity === 'error').map((finding) => EXIT_CODES[finding.class]);
  return codes.length === 0 ? 0 : Math.min(...codes);
}

/** An error that keeps a command from running. */
export class RegistryError extends Error {
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    super(findings.map(({ message }) => message).join('\n'));
    this.findings = findings;
  }
}

/** A {@link RegistryError} of one finding. */
export function inputError(message: string, location?: Location, help?: string): RegistryError {
  return new RegistryError([
    {
      class: 'input',
      rule: 'input',
      severity: 'error',
      message,
      ...(location ? { location } : {}),
      ...(help ? { help } : {}),
    },
  ]);
}
