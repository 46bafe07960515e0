/**
 * What a failed check exits with: a code a class of failure. Where several classes fail, the first of this list decides.
 * Codes are never given a new meaning; 1 is left to a failure of the command itself.
 */
export const EXIT_CODES = {
  /** The arguments, the configuration or an approval cannot be understood. */
  input: 2,
  /** A subgraph's SDL or a client's document is not GraphQL. */
  syntax: 3,
  /** The subgraphs do not make one supergraph. */
  composition: 4,
  /** What is published is missing or damaged. */
  published: 5,
  /** A breaking change of something that is used. */
  breaking: 6,
  /** A field may be read by more callers than before. */
  authorisation: 7,
  /** A contract variant does not hold. */
  contract: 8,
  /** What clients use cannot be told. */
  usage: 9,
  /** A generated file, an operation or a migration does not fit what it is made of. */
  drift: 10,
  /** The rules of style. */
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

/** A use of something that a change breaks. */
export interface Use {
  readonly client: string;
  /** Absent for a registered operation that usage says nothing of. */
  readonly version?: string | undefined;
  readonly operation: string;
  /** Calls within the window; absent where it is known from the registered operations alone. */
  readonly count?: number;
}

/** Something a check found. */
export interface Finding {
  readonly class: FailureClass;
  /** What was looked for, such as `breaking/field-removed`: what configuration and approvals name. */
  readonly rule: string;
  /** Errors fail the check. */
  readonly severity: 'error' | 'warning' | 'note';
  readonly message: string;
  /** What to do about it. */
  readonly help?: string;
  readonly subgraph?: string;
  readonly coordinate?: string;
  readonly location?: Location;
  readonly uses?: readonly Use[];
}

/** The exit code of a check with these findings. */
export function exitCode(findings: readonly Finding[]): number {
  const codes = findings.filter(({ severity }) => severity === 'error').map((finding) => EXIT_CODES[finding.class]);
  return codes.length === 0 ? 0 : Math.min(...codes);
}

/** What stops a command before it can look at anything. */
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
