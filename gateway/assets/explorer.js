// Runs in the browser: GraphiQL over this server's HTTP and WebSocket endpoint.
/* global YogaGraphiQL, graphqlWs */
import { exampleTabs } from './examples.js';
import { operationIn } from './operations.js';
import { demoSession, showSession } from './session.js';

globalThis.MonacoEnvironment = {
  globalAPI: false,
  getWorkerUrl: (_module, label) => `/graphql/explorer/${label}.worker.js`,
};

const endpoint = location.pathname;
const socketUrl = `${location.protocol.replace('http', 'ws')}//${location.host}${endpoint}`;
const CLIENT_NAME = { 'apollographql-client-name': 'explorer' };

async function post(params, headers = {}) {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json',
      ...CLIENT_NAME,
      ...headers,
    },
    body: JSON.stringify(params),
  });
  return response.json();
}

async function ask(query, variables) {
  const { data, errors } = await post({ query, variables });
  if (!data) throw new Error(errors?.[0]?.message ?? 'The server did not answer.');
  return data;
}

const accounts = await (await fetch('/graphql/explorer/accounts.json')).json();
const session = demoSession(accounts, ask);

/** A token among the tab's own headers is used instead of the session's. */
async function headersOf({ headers = {} } = {}) {
  const isSigned = Object.keys(headers).some((name) => name.toLowerCase() === 'authorization');
  return isSigned ? headers : { ...(await session.headers()), ...headers };
}

function subscribe(params, options) {
  const client = graphqlWs.createClient({
    url: socketUrl,
    connectionParams: async () => ({ ...CLIENT_NAME, ...(await headersOf(options)) }),
  });
  return client.iterate(params);
}

async function fetcher({ operationName: chosen, ...params }, options) {
  const { kind, name: operationName } = operationIn(params.query, chosen);
  const shown = { ...params, operationName };
  return kind === 'subscription' ? subscribe(shown, options) : post(shown, await headersOf(options));
}

/** The tabs from before a reload, else the examples. */
async function openTabs() {
  const kept = JSON.parse(sessionStorage.getItem('graphiql:tabState') ?? 'null');
  if (kept) return { active: kept.tabs[kept.activeTabIndex] };
  try {
    const tabs = await exampleTabs(ask);
    return { tabs, active: tabs[0] };
  } catch (error) {
    report(`The examples could not be filled in: ${error.message}`);
    return {};
  }
}

function report(problem) {
  document.querySelector('#problem').value = problem;
}

showSession(document.querySelector('#session'), accounts, session, report);
const { tabs, active } = await openTabs();
YogaGraphiQL.renderYogaGraphiQL(document.querySelector('#root'), {
  fetcher,
  title: 'Marquee API',
  logo: '<svg viewBox="0 0 40 28" width="40" height="28"><path fill="#d6336c" d="M4 4h32v7a3 3 0 0 0 0 6v7H4v-7a3 3 0 0 0 0-6z"/><path stroke="#fff" stroke-dasharray="3 2" d="M25 5v18"/></svg>',
  defaultTabs: tabs,
  defaultQuery: '',
  // GraphiQL opens the tab that has these, or else adds an empty one.
  query: active?.query,
  variables: active?.variables,
  initialHeaders: active?.headers,
  // What is typed may hold passwords and tokens: it outlives a reload, not the browser's tab, and stays out of the address.
  storage: sessionStorage,
  onEditQuery: () => {},
});
