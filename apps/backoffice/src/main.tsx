import { startApplication } from '@marquee/app-kit';
import { Identity } from '@marquee/app-kit/account';

import { Frame } from './frame/frame.tsx';
import { identityDocuments } from './frame/identity.ts';
import possibleTypes from './generated/possible-types.ts';
import { recordAssets } from './offline/loaded-assets.ts';
import { routes } from './routes.ts';

recordAssets();
startApplication({
  base: '/backoffice',
  clientName: 'backoffice',
  frame: <Frame />,
  routes,
  identity: (prompt) => <Identity prompt={prompt} documents={identityDocuments} />,
  possibleTypes: possibleTypes.possibleTypes,
  parts: ['Availability', 'BookingPrice'],
  known: { Show: ['title'] },
  pages: {
    Query: {
      ...{
        coupons: ['organisationId', 'activeOnly'],
        users: ['search'],
        auditLog: ['filter'],
        supportQueue: ['status'],
      },
      ...{ moderationQueue: [], riskCases: ['status'], helpArticles: ['search', 'locale'] },
    },
    User: { venues: ['organisationId'], campaigns: ['organisationId'] },
    Venue: { bookings: ['search', 'status'], schedule: ['from', 'to'] },
    Show: { admissions: ['search'] },
    PayoutAccount: { entries: [] },
  },
});
