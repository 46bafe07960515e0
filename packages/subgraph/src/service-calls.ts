import { currentTrace } from '@marquee/telemetry';

import type { GraphRequest } from './execution.ts';
import type { Subgraph } from './subgraph.ts';

/** Queries from one subgraph to another, on its own behalf rather than a person's. */
export interface ServiceCalls {
  /**
   * @param subgraph the name of the one asked
   * @returns the query's data
   * @throws when the other subgraph cannot be reached or answers an error
   */
  query<Data>(subgraph: string, request: GraphRequest): Promise<Data>;
}

/** Service calls to subgraphs in the same process. @param find gives a subgraph by its name */
export function inProcessCalls(name: string, find: (subgraph: string) => Subgraph | undefined): ServiceCalls {
  return {
    query: async <Data>(subgraph: string, request: GraphRequest): Promise<Data> => {
      const target = find(subgraph);
      if (!target) throw new Error(`There is no subgraph ${subgraph} to call`);
      const traceparent = currentTrace()?.traceparent;
      const { data, errors } = await target.execute({ ...request, traceparent, caller: { kind: 'service', name } });
      if (errors?.length || !data)
        throw new Error(`${subgraph} answered ${name}: ${errors?.[0]?.message ?? 'no data'}`);
      return data as Data;
    },
  };
}
