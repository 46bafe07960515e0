import type { Schema } from '@apollo/federation-internals';

/** A supergraph is valid, and some operations on it could not be planned. */
export class UnplannableSupergraphError extends Error {
  override readonly name = 'UnplannableSupergraphError';
}

/**
 * Refuses `@requires` on a field of an interface object. The query planner (2.14.4) goes round in circles, for seconds
 * and gigabytes, when such a field is selected below a type condition on an object that another subgraph's interface
 * object gave: any client could stop the gateway with thirty characters.
 * @throws {UnplannableSupergraphError}
 */
export function assertPlannable(schema: Schema): void {
  for (const type of schema.interfaceTypes()) {
    const objectIn = type
      .appliedDirectivesOf('join__type')
      .map((application) => application.arguments() as { graph: string; isInterfaceObject?: boolean })
      .filter(({ isInterfaceObject }) => isInterfaceObject === true)
      .map(({ graph }) => graph);
    for (const field of type.fields()) {
      for (const application of field.appliedDirectivesOf('join__field')) {
        const { graph = '', requires } = application.arguments() as { graph?: string; requires?: string };
        if (requires !== undefined && objectIn.includes(graph)) {
          throw new UnplannableSupergraphError(
            `${field.coordinate} uses @requires on an @interfaceObject (${graph}), which the query planner cannot always plan`,
          );
        }
      }
    }
  }
}
