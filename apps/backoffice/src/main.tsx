import { startApplication } from '@marquee/app-kit';

import { Frame } from './frame/frame.tsx';
import possibleTypes from './generated/possible-types.ts';
import { routes } from './routes.ts';

startApplication({
  base: '/backoffice',
  clientName: 'backoffice',
  frame: <Frame />,
  routes,
  identity: () => null,
  possibleTypes: possibleTypes.possibleTypes,
  pages: {
    Query: {
      ...{ coupons: ['activeOnly'], users: ['search'], auditLog: ['filter'], supportQueue: ['status'] },
      ...{ moderationQueue: [], riskCases: ['status'], helpArticles: ['search'] },
    },
    User: { venues: [], campaigns: [] },
    Venue: { bookings: ['search', 'status'], schedule: ['from', 'to'] },
    Show: { admissions: ['search'] },
    PayoutAccount: { entries: [] },
  },
});
