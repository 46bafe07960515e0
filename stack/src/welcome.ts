import type { RunningSupergraph } from './supergraph.ts';

/** The text printed once the stack is ready. @param seconds the duration of the start */
export function welcome(supergraph: RunningSupergraph, seconds: number): string {
  const {
    endpoint,
    pages = [],
    providerUrl,
    mailUrl,
    pushUrl,
    signInUrl,
    metricsUrl,
    notes = [],
    services = [],
    logs,
  } = supergraph;
  return [
    '',
    `Ready after ${seconds.toFixed(1)} s: ${endpoint} (GraphiQL in a browser)`,
    ...pages.map(({ name, url }) => `${name}: ${url}`),
    `Sandbox payment provider: ${providerUrl} (its test cards)`,
    `Mail that it sends: ${mailUrl}`,
    `Push messages that it sends: ${pushUrl}`,
    ...(signInUrl === undefined ? [] : [`Sandbox sign-in provider: ${signInUrl}`]),
    `Metrics: ${metricsUrl}`,
    ...(services.length > 0 ? ['', 'Processes, on 127.0.0.1:'] : []),
    ...services.map(({ name, port, metricsPort }) => `  ${name.padEnd(28)}${port}${metricsText(metricsPort)}`),
    ...(logs === undefined ? [] : [`Their logs are in ${logs}`]),
    '',
    ...notes,
    '',
    'npm run demo books two seats. Ctrl-C stops; the data stays until npm run reset.',
  ].join('\n');
}

function metricsText(port: number | undefined): string {
  return port === undefined ? '' : `, metrics ${port}`;
}
