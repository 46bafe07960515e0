import type { Finding } from '../../finding.ts';
import { groupBy } from '../../group-by.ts';
import { isRoot } from '../../lint/rule.ts';
import { approvalHint } from '../../registry/approvals.ts';
import { culpritOf } from '../comparison.ts';
import type { Comparison } from '../state.ts';
import { type Access, type AccessField, toRead } from './access.ts';
import { both, isAsStrict, type Requirement, requirementInWords } from './requirement.ts';

/** Finds new fields and members of unions and interfaces that lead to what only guarded fields gave. */
export function newWayFindings(comparison: Comparison, before: Access, after: Access): Finding[] {
  const entries = [...after.ways].flatMap(([from, ways]) =>
    before.types.has(from) || isRoot(from)
      ? ways
          .filter((way) => !before.ways.get(from)?.some(({ by, to }) => by === way.by && to === way.to))
          .map((way) => ({ ...way, requirement: both(after.reach.get(from) ?? [], way.requirement) }))
      : [],
  );
  const opened = entries.flatMap(({ by, to, requirement }) =>
    openedFrom(before, after, to, requirement, new Set()).map((field) => ({ by, field, requirement })),
  );
  return [...groupBy(opened, ({ by }) => by)].map(([coordinate, fields]) => {
    const finding = {
      class: 'authorisation',
      rule: 'authorisation/new-way',
      coordinate,
      ...culpritOf(comparison, coordinate),
    } as const;
    const [first] = fields;
    const names = [...new Set(fields.map(({ field }) => field.type))].join(', ');
    return {
      ...finding,
      severity: 'error',
      message: `${coordinate} leads to ${names}, which required ${requirementInWords(first ? toRead(before, first.field) : [])}; this way requires ${requirementInWords(first?.requirement ?? [])}.`,
      help: `Guard it as the other ways, or ${approvalHint(finding)}`,
    };
  });
}

/** The fields of published types that become easier to read, found through new types only. */
function openedFrom(
  before: Access,
  after: Access,
  type: string,
  requirement: Requirement,
  seen: Set<string>,
): AccessField[] {
  if (seen.has(type)) return [];
  seen.add(type);
  const known = before.reach.has(type);
  const opened = [...after.fields.values()].filter((field) => {
    const old = field.type === type ? before.fields.get(field.coordinate) : undefined;
    // A field that lost its own guard is told as such.
    if (!old || !known || !isAsStrict(field.requirement, old.requirement)) return false;
    return !isAsStrict(both(requirement, field.requirement), toRead(before, old));
  });
  const ways = (after.ways.get(type) ?? []).filter(({ by }) => !before.types.has(type) || !by.includes('.'));
  return [
    ...opened,
    ...ways.flatMap((way) => openedFrom(before, after, way.to, both(requirement, way.requirement), seen)),
  ];
}
