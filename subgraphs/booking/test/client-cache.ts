import { InMemoryCache } from '@apollo/client/cache';
import {
  type DocumentNode,
  getNamedType,
  getNullableType,
  getOperationAST,
  type GraphQLSchema,
  isListType,
  isObjectType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import {
  type ConcreteRequest,
  createOperationDescriptor,
  Environment,
  Network,
  RecordSource,
  Store,
} from 'relay-runtime';

type Data = Record<string, unknown>;

/** A client's normalised cache, in which each answer changes what earlier operations read. */
export interface ClientCache {
  write(document: DocumentNode, variables: Data, data: Data): void;
  read(document: DocumentNode, variables: Data): unknown;
}

/** The cache that Apollo Client has unless told otherwise. */
export function apolloCache(): ClientCache {
  const cache = new InMemoryCache();
  const rootOf = (document: DocumentNode) => `ROOT_${getOperationAST(document)?.operation.toUpperCase()}`;
  return {
    write: (query, variables, result) => cache.write({ query, variables, result, dataId: rootOf(query) }),
    read: (query, variables) => cache.readQuery({ query, variables }),
  };
}

/** Relay's store. */
export function relayCache(schema: GraphQLSchema): ClientCache {
  const network = Network.create(() => Promise.reject(new Error('The store is filled by hand.')));
  const environment = new Environment({ network, store: new Store(new RecordSource()) });
  const operation = (document: DocumentNode, variables: Data) =>
    createOperationDescriptor(relayRequest(schema, document), variables);
  return {
    write: (document, variables, data) => environment.commitPayload(operation(document, variables), data),
    read: (document, variables) => environment.lookup(operation(document, variables).fragment).data,
  };
}

/** The request that Relay's compiler would generate for an operation whose arguments are variables. */
function relayRequest(schema: GraphQLSchema, document: DocumentNode): ConcreteRequest {
  const { name: named, variableDefinitions = [] } = getOperationAST(document) ?? {};
  const name = named?.value ?? '';
  const selections = relaySelections(schema, document);
  const argumentDefinitions = variableDefinitions.map(({ variable }) => ({
    ...{ kind: 'LocalArgument', name: variable.name.value, defaultValue: null },
  }));
  return {
    kind: 'Request',
    fragment: { kind: 'Fragment', name, type: 'Query', metadata: null, argumentDefinitions, selections },
    operation: { kind: 'Operation', name, argumentDefinitions, selections },
    params: { id: null, cacheID: name, text: null, name, operationKind: 'query', metadata: {} },
  } as ConcreteRequest;
}

function relaySelections(schema: GraphQLSchema, document: DocumentNode): readonly object[] {
  const types = new TypeInfo(schema);
  const compiled: unknown = visit(
    document,
    visitWithTypeInfo(types, {
      Document: { leave: ({ definitions }) => definitions[0] },
      OperationDefinition: { leave: ({ selectionSet }) => selectionSet },
      SelectionSet: { leave: ({ selections }) => selections },
      InlineFragment: {
        leave: ({ typeCondition: type, selectionSet: selections }) => ({
          ...{ kind: 'InlineFragment', type: type?.name.value, abstractKey: null, selections },
        }),
      },
      Variable: { leave: ({ name }) => name.value },
      Argument: { leave: ({ name, value: variableName }) => ({ kind: 'Variable', name: name.value, variableName }) },
      Field: {
        leave: ({ name, arguments: args, selectionSet: selections }) => {
          const field = { name: name.value, alias: null, args, storageKey: null };
          if (!selections) return { ...field, kind: 'ScalarField' };
          const type = getNullableType(types.getType());
          const named = type && getNamedType(type);
          const concreteType = isObjectType(named) ? named.name : null;
          return { ...field, kind: 'LinkedField', concreteType, plural: isListType(type), selections };
        },
      },
    }),
  );
  return compiled as readonly object[];
}
