/** A problem with the machine or the settings that the user can fix; shown without a stack trace. */
export class SetupError extends Error {
  override readonly name = 'SetupError';
}
