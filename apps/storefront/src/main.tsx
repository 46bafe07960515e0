import { startApplication } from '@marquee/app-kit';
import { Identity } from '@marquee/app-kit/account';

import { Frame } from './frame/frame.tsx';
import possibleTypes from './generated/possible-types.ts';
import { identityDocuments } from './people/documents.ts';
import { routes } from './routes.ts';
import './shell.css';

startApplication({
  base: '/',
  clientName: 'storefront',
  frame: <Frame />,
  routes,
  identity: (prompt) => <Identity prompt={prompt} documents={identityDocuments} />,
  possibleTypes: possibleTypes.possibleTypes,
  parts: ['Availability', 'BookingPrice', 'CancellationPolicy', 'HoldPrice', 'HomeFeed', 'RatingSummary', 'Wallet'],
  lists: { User: ['holds', 'waitlistEntries', 'paymentMethods', 'dataExports'] },
  known: { Show: ['title', 'venue', 'screen'] },
  pages: {
    Query: {
      ...{ nowShowing: ['cityId', 'date', 'kind'], search: ['text', 'cityId', 'filter'] },
      helpArticles: ['search', 'locale'],
    },
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
