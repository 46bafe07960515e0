// Runs in the browser: GraphiQL over this server's HTTP and WebSocket endpoint.
/* global YogaGraphiQL, graphqlWs */

globalThis.MonacoEnvironment = {
  globalAPI: false,
  getWorkerUrl: (_module, label) => `/graphql/explorer/${label}.worker.js`,
};

const endpoint = '/graphql';
const socketUrl = `${location.protocol.replace('http', 'ws')}//${location.host}${endpoint}`;

const welcome = `# Cities need no account.
query Cities {
  cities(first: 3) {
    edges {
      node {
        id
        name
      }
    }
  }
}

# Put the token into Headers, for subscriptions too:
#   { "Authorization": "Bearer <accessToken>" }
mutation Login {
  login(input: { email: "", password: "" }) {
    ... on AuthPayload {
      accessToken
    }
    ... on UserError {
      message
    }
  }
}
`;

/** Finds the operation's keyword in the query text, after blanking strings and comments. */
function isSubscription({ query, operationName }) {
  const text = query.replace(/"""[\s\S]*?"""|"(?:\\.|[^"\\])*"|#.*/g, ' ');
  const operations = [...text.matchAll(/\b(query|mutation|subscription)\b\s*(\w*)\s*[({@]/g)];
  const operation = operationName ? operations.find(([, , name]) => name === operationName) : operations[0];
  return operation?.[1] === 'subscription';
}

async function post(params, headers) {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json',
      'apollographql-client-name': 'explorer',
      ...headers,
    },
    body: JSON.stringify(params),
  });
  return response.json();
}

function subscribe(params, headers) {
  const client = graphqlWs.createClient({
    url: socketUrl,
    connectionParams: { 'apollographql-client-name': 'explorer', ...headers },
  });
  return client.iterate(params);
}

function fetcher(params, options) {
  const headers = options?.headers ?? {};
  return isSubscription(params) ? subscribe(params, headers) : post(params, headers);
}

YogaGraphiQL.renderYogaGraphiQL(document.querySelector('#root'), {
  fetcher,
  title: 'Marquee API',
  logo: '<svg viewBox="0 0 40 28" width="40" height="28"><path fill="#d6336c" d="M4 4h32v7a3 3 0 0 0 0 6v7H4v-7a3 3 0 0 0 0-6z"/><path stroke="#fff" stroke-dasharray="3 2" d="M25 5v18"/></svg>',
  defaultQuery: welcome,
});
