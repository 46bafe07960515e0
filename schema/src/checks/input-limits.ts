import { type InputDefinition, type InputLimits, limitsOf } from '@marquee/input';
import { type GraphQLSchema, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';

const UNITS = { maxItems: 'items', maxLength: 'characters' } as const;

/** A `SchemaChange`. */
interface LimitChange {
  readonly level: 'dangerous' | 'safe';
  readonly type: 'INPUT_LIMIT_LOWERED' | 'INPUT_LIMIT_RAISED';
  readonly coordinate: string;
  readonly message: string;
  readonly meta: Readonly<Record<string, unknown>>;
}

/** Changed limits of the arguments and input fields that both schemas have. A stricter one is dangerous, a laxer one safe. */
export function limitChanges(before: GraphQLSchema, after: GraphQLSchema): LimitChange[] {
  const earlier = new Map(inputsOf(before));
  return inputsOf(after).flatMap(([coordinate, input]) => {
    const old = earlier.get(coordinate);
    return old === undefined ? [] : changesOf(coordinate, limitsOf(old), limitsOf(input));
  });
}

function changesOf(coordinate: string, then: InputLimits, now: InputLimits): LimitChange[] {
  const change = (isStricter: boolean, message: string): LimitChange => ({
    level: isStricter ? 'dangerous' : 'safe',
    type: isStricter ? 'INPUT_LIMIT_LOWERED' : 'INPUT_LIMIT_RAISED',
    coordinate,
    message: `${coordinate} ${message}.`,
    meta: {},
  });
  const maxima = (['maxItems', 'maxLength'] as const).flatMap((limit): LimitChange[] => {
    const [old = Infinity, max = Infinity] = [then[limit], now[limit]];
    if (old === max) return [];
    const former = old === Infinity ? 'without a maximum before' : `${old} before`;
    const current = max === Infinity ? 'has no maximum any more' : `takes at most ${max} ${UNITS[limit]}`;
    return [change(max < old, `${current}, ${former}`)];
  });
  if (then.isSecret === now.isSecret) return maxima;
  const credential = now.isSecret
    ? change(true, 'is a credential now, and a request takes one field with any')
    : change(false, 'is no credential any more');
  return [...maxima, credential];
}

function inputsOf(schema: GraphQLSchema): [coordinate: string, InputDefinition][] {
  return Object.values(schema.getTypeMap()).flatMap((type): [string, InputDefinition][] => {
    if (isInputObjectType(type)) {
      return Object.values(type.getFields()).map((field) => [`${type.name}.${field.name}`, field]);
    }
    if (!isObjectType(type) && !isInterfaceType(type)) return [];
    return Object.values(type.getFields()).flatMap((field) =>
      field.args.map((argument): [string, InputDefinition] => [
        `${type.name}.${field.name}(${argument.name}:)`,
        argument,
      ]),
    );
  });
}
