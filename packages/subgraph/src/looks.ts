import { isPossibleId } from './ids.ts';

/** A look at what belongs to somebody else, which a scope allowed. */
export interface Look {
  /** Whose it is. */
  readonly personId: string;
  /** The GraphQL type that was read. */
  readonly kind: string;
  readonly scope: string;
}

/** The looks of one request or subscription; a person and kind counts once. */
export class Looks {
  #noted: Map<string, Look> | undefined;
  #unwritten: Look[] = [];

  note(look: Look): void {
    // Nobody has such an id, and the log could not keep it.
    if (!isPossibleId(look.personId)) return;
    const key = `${look.kind} ${look.personId}`;
    this.#noted ??= new Map();
    if (this.#noted.has(key)) return;
    this.#noted.set(key, look);
    this.#unwritten.push(look);
  }

  /** The looks since the last call. */
  takeNew(): readonly Look[] {
    const looks = this.#unwritten;
    if (looks.length > 0) this.#unwritten = [];
    return looks;
  }
}

/** The verdict on a caller who may read because of a scope: the read is recorded. */
export class ScopedLook {
  readonly personId: string;
  readonly scope: string;

  constructor(personId: string, scope: string) {
    this.personId = personId;
    this.scope = scope;
  }
}

/** Allows the read and records it in the audit log, before the answer leaves. @param personId whose it is */
export function lookAt(personId: string, scope: string): ScopedLook {
  return new ScopedLook(personId, scope);
}
