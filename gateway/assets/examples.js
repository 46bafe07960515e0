// The tabs that GraphiQL opens with. Their variables name a real show, so that each runs as it is.

const BROWSE = `# Titles and their shows on one day. Needs no account.
query Browse($cityId: ID!, $date: Date!) {
  city(id: $cityId) {
    name
    timeZone
  }
  nowShowing(cityId: $cityId, date: $date, first: 5) {
    edges {
      node {
        __typename
        id
        name
        shows(cityId: $cityId, date: $date, first: 3) {
          edges {
            node {
              id
              startsAt
              status
              venue {
                name
              }
              priceFrom {
                amount
                currency
              }
              availability {
                available
                total
              }
            }
          }
        }
      }
    }
  }
}
`;

const WATCH_SEATS = `# Pushes each change of the show's seats. Needs no account.
# Run it, then run HoldSeats in a second window: a tab that is left stops its subscription.
subscription WatchSeats($showId: ID!) {
  seatMapChanged(showId: $showId) {
    version
    seats {
      id
      row
      number
      status
    }
    show {
      title {
        name
      }
      availability {
        available
      }
    }
  }
}
`;

const HOLD_SEATS = `# Holds seats for a customer while they pay. Needs sign-in: choose customer above.
# The same idempotencyKey again gives the same hold, not another one.
mutation HoldSeats($input: HoldSeatsInput!) {
  holdSeats(input: $input) {
    __typename
    ... on HoldSeatsPayload {
      hold {
        id
        expiresAt
        seats {
          row
          number
          status
        }
        total {
          amount
          currency
        }
      }
    }
    ... on UserError {
      message
    }
  }
}
`;

const ME = `# The signed-in person and their bookings; null to anybody else.
query Me {
  viewer {
    displayName
    roles
    bookings(first: 5) {
      edges {
        node {
          id
          status
          show {
            startsAt
            title {
              name
            }
          }
        }
      }
    }
  }
}
`;

const CITIES = '{ cities(first: 3) { edges { node { id timeZone } } } }';

const SHOWS = `query ($cityId: ID!, $date: Date!) {
  nowShowing(cityId: $cityId, date: $date, first: 5) { edges { node {
    shows(cityId: $cityId, date: $date, first: 3) { edges { node { id status availability { available } } } }
  } } }
}`;

const SEATS = `query ($showId: ID!) {
  show(id: $showId) { seatMap { sections { rows { seats { id status } } } } }
}`;

const DAYS_AHEAD = 7;
const DAY_MS = 86_400_000;

/**
 * The tabs, for a show that still has free seats.
 *
 * @param {(query: string, variables?: object) => Promise<any>} ask sends a query and resolves to its data
 */
export async function exampleTabs(ask) {
  const { cityId = '', date = dayIn('UTC'), showId = '', seatIds = [] } = (await findShow(ask)) ?? {};
  const input = { showId, seatIds, idempotencyKey: crypto.randomUUID() };
  return [tab(BROWSE, { cityId, date }), tab(WATCH_SEATS, { showId }), tab(HOLD_SEATS, { input }), tab(ME, {})];
}

function tab(query, variables) {
  return { query, variables: JSON.stringify(variables, null, 2), headers: '' };
}

async function findShow(ask) {
  for (const { id: cityId, timeZone } of nodes((await ask(CITIES)).cities)) {
    const date = dayIn(timeZone);
    const titles = nodes((await ask(SHOWS, { cityId, date })).nowShowing);
    const shows = titles.flatMap((title) => nodes(title.shows));
    const found = shows.find(({ status, availability }) => status === 'ON_SALE' && availability?.available > 1);
    if (found) return { cityId, date, showId: found.id, seatIds: freeSeats(await ask(SEATS, { showId: found.id })) };
  }
  return undefined;
}

function freeSeats({ show }) {
  const seats = show.seatMap.sections.flatMap(({ rows }) => rows.flatMap((row) => row.seats));
  const free = seats.filter(({ status }) => status === 'AVAILABLE');
  return free.slice(0, 2).map(({ id }) => id);
}

function nodes(connection) {
  return (connection?.edges ?? []).map(({ node }) => node);
}

/** The local date in some days: yyyy-mm-dd. */
function dayIn(timeZone) {
  return new Intl.DateTimeFormat('en-CA', { timeZone }).format(Date.now() + DAYS_AHEAD * DAY_MS);
}
