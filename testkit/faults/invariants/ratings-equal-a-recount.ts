import { audit } from '../../../subgraphs/ratings/src/audit.ts';
import { linesOf, type Rule } from './rule.ts';

export const ratingsEqualARecount: Rule = {
  name: 'a rating is the count of its reviews',
  violations: (databases) => linesOf(audit(databases('ratings'))),
};
