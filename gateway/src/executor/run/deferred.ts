import type { DeferUsage } from '../../operation/collect-fields.ts';

/** A deferred fragment on one object of the response. */
export interface DeferredFragment {
  readonly usage: DeferUsage;
  /** The object's place in the response. */
  readonly path: readonly (string | number)[];
  /** The deferred fragment in which this one is. */
  readonly parent: DeferredFragment | undefined;
  /** Its fields; some may be shared with other fragments. */
  readonly groups: DeferredGroup[];
}

/** Deferred fields of one object that are delivered together. */
export interface DeferredGroup {
  /** The object's place. */
  readonly path: readonly (string | number)[];
  readonly fragments: readonly DeferredFragment[];
  readonly scope: DeferScope;
  /** Returns false when a non-null field is null. */
  write(): boolean;
}

/** The deferred fragments around the object that is written. */
export type DeferScope = ReadonlyMap<DeferUsage, DeferredFragment>;

/** Deferred fields, by the fragments that deliver them. */
export interface GroupOfUsages extends Pick<DeferredGroup, 'write'> {
  readonly usages: readonly DeferUsage[];
}

const EMPTY_SCOPE: DeferScope = new Map();

/** The deferred fragments and fields that writing a response has passed over. */
export class Deferred {
  readonly fragments: DeferredFragment[] = [];
  readonly groups: DeferredGroup[] = [];
  scope: DeferScope = EMPTY_SCOPE;

  /** Enters an object with deferred fields. @returns the scope to restore when the object is left */
  enter(defers: readonly DeferUsage[], groups: readonly GroupOfUsages[], path: DeferredGroup['path']): DeferScope {
    const outer = this.scope;
    if (defers.length > 0) this.scope = this.#extended(defers, path);
    for (const { usages, write } of groups) {
      const fragments = usages.flatMap((usage) => this.scope.get(usage) ?? []);
      this.groups.push({ path, fragments, scope: this.scope, write });
    }
    return outer;
  }

  /** Forgets what was passed in a part of the response that null propagation discards. */
  rewind({ fragments, groups }: DeferredMark): void {
    this.fragments.length = fragments;
    this.groups.length = groups;
  }

  get mark(): DeferredMark {
    return { fragments: this.fragments.length, groups: this.groups.length };
  }

  /** Hands over the fragments, with their groups. */
  take(): DeferredFragment[] {
    for (const group of this.groups.splice(0)) for (const { groups } of group.fragments) groups.push(group);
    return this.fragments.splice(0);
  }

  #extended(defers: readonly DeferUsage[], path: DeferredFragment['path']): DeferScope {
    const scope = new Map(this.scope);
    for (const usage of defers) {
      const fragment = { usage, path, parent: usage.parent && scope.get(usage.parent), groups: [] };
      scope.set(usage, fragment);
      this.fragments.push(fragment);
    }
    return scope;
  }
}

interface DeferredMark {
  readonly fragments: number;
  readonly groups: number;
}
