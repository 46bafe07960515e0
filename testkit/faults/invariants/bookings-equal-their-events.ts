import { audit } from '../../../subgraphs/booking/src/audit.ts';
import { linesOf, type Rule } from './rule.ts';

export const bookingsEqualTheirEvents: Rule = {
  name: 'a booking is the fold of its events',
  violations: (databases) => linesOf(audit(databases('booking'))),
};
