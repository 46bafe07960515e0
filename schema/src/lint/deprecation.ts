import { directivesNamed, stringArgument } from '../checks/directives.ts';
import { indexSdl } from '../registry/locations.ts';
import type { Complaint, Rule } from './rule.ts';

/** The day in a reason such as `Use startsAt. Removed after 2027-06-30.` */
const REMOVAL = /\bRemoved after (\d{4}-\d{2}-\d{2})\b/;

/** A deprecation names a replacement and the date of removal. */
export const deprecation: Rule = ({ own, now }) =>
  [...indexSdl(own)].flatMap(([coordinate, node]): Complaint[] => {
    if (!('directives' in node)) return [];
    const [deprecated] = directivesNamed(node as Parameters<typeof directivesNamed>[0], 'deprecated');
    if (!deprecated) return [];
    const reason = stringArgument(deprecated, 'reason') ?? '';
    const [, day] = REMOVAL.exec(reason) ?? [];
    if (day === undefined || Number.isNaN(Date.parse(day)) || reason.replace(REMOVAL, '').trim().length < 5) {
      return [
        {
          coordinate,
          message: `${coordinate} is deprecated without a reason and a day of removal.`,
          help: 'Write @deprecated(reason: "Use …. Removed after 2027-06-30.").',
        },
      ];
    }
    if (Date.parse(day) >= now.getTime()) return [];
    return [{ coordinate, severity: 'warning', message: `${coordinate} was to be removed after ${day}.` }];
  });
