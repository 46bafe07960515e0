import { isPossibleId } from './ids.ts';

/** The types of those to whom something belongs. */
export type Owner = 'User' | 'Organisation';

/** A look at what belongs to somebody else, which a scope allowed. */
export interface Look {
  /** Whose it is. */
  readonly subjectType: Owner;
  readonly subjectId: string;
  /** The GraphQL type that was read. */
  readonly kind: string;
  readonly scope: string;
}

/** The looks of one request or subscription; an owner and kind counts once. */
export class Looks {
  #noted: Map<string, Look> | undefined;
  #unwritten: Look[] = [];

  note(look: Look): void {
    // Nobody has such an id, and the log could not keep it.
    if (!isPossibleId(look.subjectId)) return;
    const key = `${look.kind} ${look.subjectType} ${look.subjectId}`;
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
  readonly subjectType: Owner;
  readonly subjectId: string;
  readonly scope: string;

  constructor(subjectType: Owner, subjectId: string, scope: string) {
    this.subjectType = subjectType;
    this.subjectId = subjectId;
    this.scope = scope;
  }
}

/** Allows the read and records it in the audit log, before the answer leaves. @param ownerId whose it is */
export function lookAt(ownerId: string, scope: string, owner: Owner = 'User'): ScopedLook {
  return new ScopedLook(owner, ownerId, scope);
}
