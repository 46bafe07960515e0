import type { SignServiceCall } from './service-tokens.ts';
import { TIMEOUT_HEADER } from './timeout-header.ts';

/** A GraphQL request made by a service. */
export interface ServiceRequest {
  readonly query: string;
  readonly operationName?: string | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
}

/** Queries to subgraphs on a service's own behalf. */
export interface ServiceCalls {
  /**
   * @param subgraph the name of the one asked
   * @returns the query's data
   * @throws when the subgraph cannot be reached or answers an error
   */
  query<Data>(subgraph: string, request: ServiceRequest): Promise<Data>;
}

export interface HttpCallsOptions {
  /** The calling service. */
  readonly name: string;
  readonly sign: SignServiceCall;
  /** The GraphQL endpoint of a subgraph; undefined for an unknown one. */
  readonly urlOf: (subgraph: string) => string | undefined;
  /** The current W3C trace context. */
  readonly traceparent?: () => string | undefined;
  /** The time limit for an answer, in milliseconds; 5 s by default. */
  readonly timeoutMs?: number;
}

/** Calls to subgraphs in other processes, each with a token for that subgraph only. */
export function httpCalls(options: HttpCallsOptions): ServiceCalls {
  const { name, sign, urlOf, traceparent = () => undefined, timeoutMs = 5_000 } = options;
  return {
    query: async <Data>(subgraph: string, request: ServiceRequest): Promise<Data> => {
      const url = urlOf(subgraph);
      if (url === undefined) throw new Error(`${name} does not know where ${subgraph} is`);
      const trace = traceparent();
      const response = await fetch(url, {
        method: 'POST',
        redirect: 'error',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          authorization: await sign(subgraph),
          [TIMEOUT_HEADER]: String(timeoutMs),
          ...(trace !== undefined && { traceparent: trace }),
        },
        body: JSON.stringify(request),
        signal: AbortSignal.timeout(timeoutMs),
      });
      return dataOf<Data>((await response.json()) as ServiceAnswer, subgraph, name);
    },
  };
}

interface ServiceAnswer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string }[];
}

/** The data of an answer. @throws when there is none or it comes with an error */
export function dataOf<Data>({ data, errors }: ServiceAnswer, subgraph: string, name: string): Data {
  if (errors?.length || !data) throw new Error(`${subgraph} answered ${name}: ${errors?.[0]?.message ?? 'no data'}`);
  return data as Data;
}
