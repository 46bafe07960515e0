import { type DocumentNode, getLocation, type GraphQLFormattedError, Kind, type VariableDefinitionNode } from 'graphql';

/**
 * Adds to errors about variables where the client's document defines them: what documents with the same meaning share
 * keeps no document.
 */
export function locateVariables(
  errors: readonly GraphQLFormattedError[],
  document: DocumentNode,
): readonly GraphQLFormattedError[] {
  return errors.map((error) => {
    const field = error.extensions?.['field'];
    if (error.locations !== undefined || typeof field !== 'string') return error;
    const loc = variableNamed(field.split('.', 1)[0], document)?.loc;
    return loc === undefined ? error : { ...error, locations: [getLocation(loc.source, loc.start)] };
  });
}

function variableNamed(name: string | undefined, { definitions }: DocumentNode): VariableDefinitionNode | undefined {
  return definitions
    .flatMap((each) => (each.kind === Kind.OPERATION_DEFINITION ? (each.variableDefinitions ?? []) : []))
    .find(({ variable }) => variable.name.value === name);
}
