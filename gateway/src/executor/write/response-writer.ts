import type { DeferredFields } from '../../operation/collect-fields.ts';
import { type CoercedVariables, isIncluded } from '../../operation/condition.ts';
import { deferDirective } from '../../operation/defer.ts';
import type { Operation } from '../../operation/operation.ts';
import { introspectionWriter } from './introspection-writer.ts';
import { objectWriter, type WriterSource } from './object-writer.ts';
import type { WriteObject } from './value-writer.ts';

interface ResponseWriterSource extends Pick<WriterSource, 'schema' | 'isDenied' | 'dataKeyOf'> {
  readonly operation: Operation;
}

/** Compiles the writer of an operation's data for one outcome of its conditions. */
export function responseWriter(
  { operation, ...source }: ResponseWriterSource,
  values: CoercedVariables,
  deferredFields: DeferredFields,
): WriteObject {
  const { definition, fragments, rootType } = operation;
  const writerSource: WriterSource = {
    ...source,
    fragments,
    deferredFields,
    isIncluded: (directives) => isIncluded(directives, values),
    deferOf: (directives) => deferDirective(directives, values),
    introspection: (nodes) => introspectionWriter(source.schema, operation, nodes),
  };
  const root = { selectionSet: definition.selectionSet, parentType: rootType.name };
  return objectWriter(writerSource, [root], rootType.name);
}
