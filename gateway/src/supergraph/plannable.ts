import type { Schema } from '@apollo/federation-internals';

/** A valid supergraph on which some operations cannot be planned. */
export class UnplannableSupergraphError extends Error {
  override readonly name = 'UnplannableSupergraphError';
}

/**
 * Rejects `@requires` on a field of an interface object. The query planner (2.14.4) loops, for seconds and gigabytes,
 * when such a field is selected below a type condition on an object from another subgraph's interface object: a query
 * of thirty characters could stop the gateway.
 *
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
