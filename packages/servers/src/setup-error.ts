/** Something about the machine or the settings that the person at the keyboard can change; shown without a stack. */
export class SetupError extends Error {
  override readonly name = 'SetupError';
}
