import { Kind } from 'graphql';

import { directivesNamed } from '../checks/directives.ts';
import { type FieldOfType, fieldsIn, innermost, isList, type LintSubject, type Rule } from './rule.ts';

/**
 * Lists of objects and connections declare their size for the gateway's cost limit. Lists of scalars cost nothing; the
 * edges of a connection are counted with the connection.
 */
export const listSize: Rule = (subject) =>
  fieldsIn(subject.own)
    .filter((each) => needsSize(each, subject) && directivesNamed(each.field, 'listSize').length === 0)
    .map(({ field, coordinate }) => ({
      coordinate,
      message: `${coordinate} is a list without a declared size.`,
      help: isList(field.type)
        ? 'Add @listSize(assumedSize: …) with the length of a long one.'
        : 'Add @listSize(slicingArguments: ["first"], sizedFields: ["edges"], requireOneSlicingArgument: false).',
    }));

function needsSize({ type, field }: FieldOfType, { index }: LintSubject): boolean {
  const inner = innermost(field.type).name.value;
  if (!isList(field.type)) return /.Connection$/.test(inner);
  if (/.Connection$/.test(type.name.value) && field.name.value === 'edges') return false;
  const node = index.get(inner);
  return node?.kind !== Kind.ENUM_TYPE_DEFINITION && node?.kind !== Kind.SCALAR_TYPE_DEFINITION && node !== undefined;
}
