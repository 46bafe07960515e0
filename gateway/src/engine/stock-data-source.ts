import type { GraphQLDataSource } from '@apollo/gateway';
import type { GraphQLFormattedError } from 'graphql';

import type { OperationContext } from '../request/operation-context.ts';
import type { SubgraphRequest, SubgraphTransport } from '../transports/subgraph-transport.ts';

/** Lets the stock executor reach a subgraph in the same way as ours does. */
export function stockDataSource(transport: SubgraphTransport): GraphQLDataSource<OperationContext> {
  return {
    async process({ request, context }) {
      const query = request.query ?? '';
      const variables = { ...request.variables };
      const { operationName } = request;
      const { data, errors } = await transport.execute({
        kind: /^\s*mutation\b/.test(query) ? 'mutation' : 'query',
        query,
        operationName,
        variables,
        body: JSON.stringify({ query, operationName, variables }),
        ...contextOf(context as OperationContext),
      });
      return {
        ...(data === undefined ? {} : { data }),
        ...(errors === undefined ? {} : { errors: withMessages(errors) }),
      };
    },
  };
}

type RequestContext = Pick<
  SubgraphRequest,
  'caller' | 'authorization' | 'traceparent' | 'traceId' | 'span' | 'device' | 'deadline' | 'signal'
>;

function contextOf({
  caller,
  authorization,
  traceparent,
  traceId,
  span,
  device,
  deadline,
  signal,
}: OperationContext): RequestContext {
  return { caller, authorization, traceparent, traceId, span, device, deadline, signal };
}

function withMessages(errors: readonly GraphQLFormattedError[]): GraphQLFormattedError[] {
  return errors.map((error) => ({ ...error, message: String(error.message) }));
}
