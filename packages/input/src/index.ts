export { compileInput, type CoercedInput, type GivenVariables, type OperationInput } from './compile-input.ts';
export { credentialFields } from './credentials.ts';
export { parseEmail } from './email-address.ts';
export {
  limitsIn,
  limitsOf,
  type InputDefinition,
  type InputLimits,
  MAX_ID_LENGTH,
  MAX_TEXT_LENGTH,
  setLimits,
} from './limits.ts';
export { literalField } from './literal-field.ts';
export { inputLimitsRule } from './literal-rule.ts';
export { attachLimits, withLimits } from './public-sdl.ts';
export { fragmentsIn } from './variable-limits.ts';
export { withoutValues } from './without-values.ts';
