import { type GraphQLInputType, isNonNullType } from 'graphql';
import type { InputPosition } from '../public-schema/input-positions.ts';
import { type SampleFor, selectionOf } from '../public-schema/routes.ts';
import { writeJson, writeWith, type Written } from '../public-schema/written.ts';
import type { HostileValue } from './hostile-values.ts';

/** How a value is sent: in the document, as its argument's variable, or as a variable inside the argument's literal. */
export const FORMS = ['literal', 'variable', 'inner variable'] as const;
export type Form = (typeof FORMS)[number];

const VARIABLE: Written = { json: '', literal: '$hostile' };

/** The JSON text of a request that sends a value at a position, and plausible values elsewhere. */
export function hostileRequest(position: InputPosition, value: HostileValue, form: Form, sampleFor: SampleFor): string {
  const place = (inner: Written): Written => placeAt(position, inner, sampleFor);
  if (form === 'literal') return request(position, sampleFor, place(value).literal);
  const { type } = position.argument;
  if (form === 'variable') return request(position, sampleFor, VARIABLE.literal, type, place(value).json);
  return request(position, sampleFor, place(VARIABLE).literal, position.type, value.json);
}

/** A request whose variable at the position is declared nullable and not given. */
export function withoutVariable(position: InputPosition, sampleFor: SampleFor): string {
  const type = isNonNullType(position.type) ? position.type.ofType : position.type;
  return request(position, sampleFor, placeAt(position, VARIABLE, sampleFor).literal, type);
}

function placeAt({ argument, path, field }: InputPosition, inner: Written, sampleFor: SampleFor): Written {
  return writeWith(argument.type, argument.name, sampleFor(field), path, inner);
}

function request(
  { operation, steps, field, argument }: InputPosition,
  sampleFor: SampleFor,
  literal: string,
  variableType?: GraphQLInputType,
  variable?: string,
): string {
  const selection = selectionOf(steps, field, sampleFor, new Map([[argument.name, literal]]));
  const definition = variableType === undefined ? '' : ` ($hostile: ${String(variableType)})`;
  const query = writeJson(`${operation}${definition} { ${selection} }`).json;
  return `{"query":${query},"variables":{${variable === undefined ? '' : `"hostile":${variable}`}}}`;
}
