import type { DeferUsage, Occurrence } from '../../operation/collect-fields.ts';
import type { WriteObject } from './value-writer.ts';

/** Deferred fragments that deliver the same fields. */
export type DeferUsages = ReadonlySet<DeferUsage>;

export const NOT_DEFERRED: DeferUsages = new Set();

export type CollectedField = readonly [key: string, occurrences: readonly Occurrence[]];

interface Partition {
  /** The fields that are delivered together with the object. */
  readonly own: readonly CollectedField[];
  /** The others, by the fragments that deliver them. */
  readonly groups: readonly { readonly usages: DeferUsages; readonly fields: CollectedField[] }[];
}

/**
 * BuildExecutionPlan of the specification's draft: each field is delivered once, and as early as possible.
 *
 * @param within the deferred fragments that deliver the object
 */
export function partition(collected: Iterable<CollectedField>, within: DeferUsages): Partition {
  const own: CollectedField[] = [];
  const groups: { usages: DeferUsages; fields: CollectedField[] }[] = [];
  for (const field of collected) {
    const usages = outermost(field[1]);
    const known = groups.find((group) => isSame(group.usages, usages));
    if (isSame(usages, within)) own.push(field);
    else if (known) known.fields.push(field);
    else groups.push({ usages, fields: [field] });
  }
  return { own, groups };
}

/** Empty when an occurrence is not deferred. A fragment within another one of them adds nothing. */
function outermost(occurrences: readonly Occurrence[]): DeferUsages {
  const usages = new Set<DeferUsage>();
  for (const { deferredBy } of occurrences) {
    if (deferredBy === undefined) return NOT_DEFERRED;
    usages.add(deferredBy);
  }
  const isWithinAnother = ({ parent }: DeferUsage): boolean =>
    parent !== undefined && (usages.has(parent) || isWithinAnother(parent));
  return new Set([...usages].filter((usage) => !isWithinAnother(usage)));
}

function isSame(left: DeferUsages, right: DeferUsages): boolean {
  return left.size === right.size && [...left].every((usage) => right.has(usage));
}

/** Passes over the deferred fields of an object, and writes the others. */
export function deferringWriter(
  write: WriteObject,
  defers: readonly DeferUsage[],
  groups: readonly { readonly usages: readonly DeferUsage[]; readonly write: WriteObject }[],
): WriteObject {
  if (defers.length === 0 && groups.length === 0) return write;
  return (object, run) => {
    const { deferred } = run;
    if (deferred === undefined) return write(object, run);
    const found = groups.map(({ usages, write: later }) => ({ usages, write: () => later(object, run) }));
    const outer = deferred.enter(defers, found, run.path.slice(0, run.depth));
    const isWritten = write(object, run);
    deferred.scope = outer;
    return isWritten;
  };
}
