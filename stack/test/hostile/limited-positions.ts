import { type InputLimits, limitsOf, MAX_ID_LENGTH } from '@marquee/input';
import { getNamedType, getNullableType, isInputObjectType, isListType } from 'graphql';
import { type InputPosition, inputPositions } from '../public-schema/input-positions.ts';
import type { SampleFor } from '../public-schema/routes.ts';
import { publicSchema } from '../public-schema/schema.ts';
import { ELEMENT, writeJson, writeList, writeSample } from '../public-schema/written.ts';
import type { HostileValue } from './hostile-values.ts';

/** A place whose lists or strings have a maximum. */
export interface LimitedPosition {
  readonly position: InputPosition;
  readonly max: number;
  /** A value of this length. */
  valueOf(length: number, sampleFor: SampleFor): HostileValue;
}

/** Every place of the public schema that takes a list or a string. @throws for one without a maximum */
export function limitedPositions(): LimitedPosition[] {
  return inputPositions(publicSchema).flatMap((position): LimitedPosition[] => {
    const type = getNullableType(position.type);
    const { maxItems, maxLength } = limitsAt(position);
    if (isListType(type)) {
      const item = (sampleFor: SampleFor) => writeSample(type.ofType, '', sampleFor(position.field));
      const valueOf = (length: number, sampleFor: SampleFor) =>
        named(length, writeList(Array.from({ length }, () => item(sampleFor))));
      return [{ position, max: declared(position, maxItems), valueOf }];
    }
    if (type.name !== 'String' && type.name !== 'ID') return [];
    const max = type.name === 'ID' ? MAX_ID_LENGTH : declared(position, maxLength);
    return [{ position, max, valueOf: (length) => named(length, writeJson('x'.repeat(length))) }];
  });
}

function named(length: number, written: Omit<HostileValue, 'name'>): HostileValue {
  return { ...written, name: `length ${length}` };
}

function declared({ coordinate }: InputPosition, max: number | undefined): number {
  if (max === undefined) throw new Error(`${coordinate} has no maximum`);
  return max;
}

/** The limits of the argument or input field that a position is in. */
function limitsAt({ argument, path }: InputPosition): InputLimits {
  let definition: Parameters<typeof limitsOf>[0] = argument;
  for (const step of path) {
    if (step === ELEMENT) continue;
    const type = getNamedType(definition.type);
    const field = isInputObjectType(type) ? type.getFields()[step] : undefined;
    if (field) definition = field;
  }
  return limitsOf(definition);
}
