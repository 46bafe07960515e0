import { beginChildSpan, failSpan, type Span, SpanKind, type Tracer } from '@marquee/telemetry';
import type { OperationKind } from '../operation/operation-request.ts';
import type { OperationContext } from '../request/operation-context.ts';

/** Name of an operation's span until the operation is parsed. */
export const UNKNOWN_OPERATION = 'GraphQL Operation';

export interface DescribedOperation {
  readonly type: OperationKind;
  readonly name?: string | null | undefined;
}

/** Follows OpenTelemetry: a span is named by the operation's type, because clients choose operation names. */
export function describeOperation(span: Span, { type, name }: DescribedOperation): void {
  span.updateName(type).setAttribute('graphql.operation.type', type);
  if (name) span.setAttribute('graphql.operation.name', name.slice(0, 100));
}

interface CodedError {
  readonly extensions?: { readonly code?: unknown } | undefined;
}

/** Ends an operation's span, as failed if its response has errors. */
export function endOperation(span: Span, errors: readonly CodedError[] = []): void {
  const [first] = errors;
  if (first) failSpan(span, String(first.extensions?.['code'] ?? 'INTERNAL_SERVER_ERROR'));
  span.end();
}

export interface CodedErrors {
  readonly errors?: readonly CodedError[] | undefined;
}

/** Runs an operation in a child span of its request. */
export async function operationInSpan<Context extends OperationContext, Result extends CodedErrors>(
  tracer: Tracer,
  context: Context,
  operation: DescribedOperation,
  run: (context: Context) => Promise<Result>,
): Promise<Result> {
  const trace = beginChildSpan(tracer, operation.type, SpanKind.INTERNAL, context.trace);
  const { span } = trace;
  if (span) describeOperation(span, operation);
  try {
    const result = await run({ ...context, trace });
    if (span) endOperation(span, result.errors);
    return result;
  } catch (error) {
    if (span) endOperation(span, [{}]);
    throw error;
  }
}
