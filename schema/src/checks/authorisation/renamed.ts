import type { Finding } from '../../finding.ts';
import { groupBy } from '../../group-by.ts';
import { isRoot } from '../../lint/rule.ts';
import { approvalHint } from '../../registry/approvals.ts';
import { culpritOf } from '../comparison.ts';
import type { Comparison } from '../state.ts';
import { type Access, type AccessField, toRead } from './access.ts';
import { isAsStrict, type Requirement, requirementInWords } from './requirement.ts';

interface Renamed {
  readonly old: AccessField;
  readonly now: AccessField;
  /** The requirements of the old one and of the new one. */
  readonly required: Requirement;
  readonly requires: Requirement;
}

/** Finds new fields and types that give what removed ones gave, and require less. */
export function renamedFindings(
  comparison: Comparison,
  before: Access,
  after: Access,
  added: readonly AccessField[],
): Finding[] {
  const removed = [...before.fields.values()].filter(({ coordinate }) => !after.fields.has(coordinate));
  const types = renamedTypes(before, after);
  const weaker = added.flatMap((now): Renamed[] => {
    const twins = removed.filter((old) => isRenamed(comparison, types, old, now));
    return twins.flatMap((old) => weakerOf(before, after, old, now)).slice(0, 1);
  });
  const element = ({ old, now }: Renamed): string => (old.type === now.type ? now.coordinate : now.type);
  return [...groupBy(weaker, element)].map(([coordinate, fields]) => {
    const finding = {
      class: 'authorisation',
      rule: 'authorisation/renamed',
      coordinate,
      ...culpritOf(comparison, coordinate),
    } as const;
    const lost = fields.map(
      ({ old, now, required, requires }) =>
        `${old.coordinate} required ${requirementInWords(required)}, ${now.coordinate} requires ${requirementInWords(requires)}`,
    );
    return {
      ...finding,
      severity: 'error',
      message: `${coordinate} seems to be renamed without its guard: ${lost.join('; ')}.`,
      help: `Put the same directives on it, or ${approvalHint(finding)}`,
    };
  });
}

/** The difference if the new field requires less, by itself or with the ways to it. */
function weakerOf(before: Access, after: Access, old: AccessField, now: AccessField): Renamed[] {
  if (!isAsStrict(now.requirement, old.requirement)) {
    return [{ old, now, required: old.requirement, requires: now.requirement }];
  }
  const [required, requires] = [toRead(before, old), toRead(after, now)];
  return isAsStrict(requires, required) ? [] : [{ old, now, required, requires }];
}

function isRenamed(
  comparison: Comparison,
  types: ReadonlyMap<string, string>,
  old: AccessField,
  now: AccessField,
): boolean {
  if ((types.get(old.gives) ?? old.gives) !== now.gives) return false;
  if (old.type !== now.type) return types.get(old.type) === now.type && fieldName(old) === fieldName(now);
  return !isRoot(old.type) || inOneSubgraph(comparison, old.coordinate, now.coordinate);
}

/** The types that are gone, with the new type that has at least half of their fields. */
function renamedTypes(before: Access, after: Access): ReadonlyMap<string, string> {
  const [old, now] = [shapes(before), shapes(after)];
  const added = [...now].filter(([name]) => !before.types.has(name));
  return new Map(
    [...old].flatMap(([name, fields]): [string, string][] => {
      if (after.types.has(name)) return [];
      const twin = added.find(
        ([, others]) => fields.filter((field) => others.includes(field)).length * 2 >= fields.length,
      );
      return twin ? [[name, twin[0]]] : [];
    }),
  );
}

/** The names of each type's fields. */
function shapes({ fields }: Access): ReadonlyMap<string, readonly string[]> {
  const byType = groupBy([...fields.values()], ({ type }) => type);
  return new Map([...byType].map(([type, of]) => [type, of.map(fieldName)]));
}

function inOneSubgraph({ before, after }: Comparison, old: string, now: string): boolean {
  return before.subgraphs.some(
    ({ name, index }) => index.has(old) && after.subgraphs.some((each) => each.name === name && each.index.has(now)),
  );
}

function fieldName({ coordinate }: AccessField): string {
  return coordinate.slice(coordinate.indexOf('.') + 1);
}
