import type { GraphQLDataSource } from '@apollo/gateway';
import type { GraphQLFormattedError } from 'graphql';

import type { OperationContext } from '../request/operation-context.ts';
import type { SubgraphTransport } from '../transports/subgraph-transport.ts';

/** Lets the stock executor use the gateway's transport to a subgraph. */
export function stockDataSource(transport: SubgraphTransport): GraphQLDataSource<OperationContext> {
  return {
    async process({ request, context }) {
      const query = request.query ?? '';
      const variables = { ...request.variables };
      const { operationName } = request;
      const kind = /^\s*mutation\b/.test(query) ? 'mutation' : 'query';
      const body = JSON.stringify({ query, operationName, variables });
      const fetch = { kind, query, operationName, variables, body } as const;
      const { data, errors } = await transport.execute(fetch, context as OperationContext);
      return {
        ...(data === undefined ? {} : { data }),
        ...(errors === undefined ? {} : { errors: withMessages(errors) }),
      };
    },
  };
}

function withMessages(errors: readonly GraphQLFormattedError[]): GraphQLFormattedError[] {
  return errors.map((error) => ({ ...error, message: String(error.message) }));
}
