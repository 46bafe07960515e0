import { serviceSigner, TIMEOUT_HEADER } from '@marquee/identity';
import { currentTraceparent } from '@marquee/events';

import type { FormattedResult, GraphRequest } from '../execution.ts';
import { dataOf, type ServiceCalls } from '../service-calls.ts';

export interface HttpCallsOptions {
  /** The subgraph that asks. */
  readonly name: string;
  /** What the subgraphs of a deployment share. */
  readonly serviceSecret: string;
  /** Where other subgraphs answer GraphQL over HTTP, by name. */
  readonly urls: Readonly<Record<string, string>>;
  /** How long an answer is waited for, ms; 5 s when not given. */
  readonly timeoutMs?: number;
}

/** Service calls to subgraphs in other processes, each under a token for that one subgraph. */
export function httpCalls({ name, serviceSecret, urls, timeoutMs = 5_000 }: HttpCallsOptions): ServiceCalls {
  const sign = serviceSigner({ name, secret: serviceSecret });
  return {
    query: async <Data>(subgraph: string, { query, operationName, variables }: GraphRequest): Promise<Data> => {
      const url = urls[subgraph];
      if (url === undefined) throw new Error(`${name} does not know where ${subgraph} is`);
      const traceparent = currentTraceparent();
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          authorization: await sign(subgraph),
          [TIMEOUT_HEADER]: String(timeoutMs),
          ...(traceparent !== null && { traceparent }),
        },
        body: JSON.stringify({ query, operationName, variables }),
        signal: AbortSignal.timeout(timeoutMs),
      });
      return dataOf<Data>((await response.json()) as FormattedResult, subgraph, name);
    },
  };
}
