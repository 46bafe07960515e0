import { startApplication } from '@marquee/app-kit';

import { Frame } from './frame/frame.tsx';
import possibleTypes from './generated/possible-types.ts';
import { routes } from './routes.ts';

startApplication({
  base: '/',
  clientName: 'storefront',
  frame: <Frame />,
  routes,
  identity: () => null,
  possibleTypes: possibleTypes.possibleTypes,
  pages: {
    Query: { nowShowing: ['cityId', 'date', 'kind'], search: ['text', 'cityId', 'filter'] },
    HomeFeed: { sections: [] },
    User: {
      ...{ bookings: ['status'], tickets: [], notifications: ['unreadOnly'], invoices: [], supportTickets: [] },
      ...{ history: [], reviews: [] },
    },
    Wallet: { transactions: [] },
    Movie: { reviews: ['sort'] },
    LiveEvent: { reviews: ['sort'] },
    Venue: { reviews: ['sort'] },
  },
});
