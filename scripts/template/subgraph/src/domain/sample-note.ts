/** A thing of one person; its name is unique among theirs. */
export interface SampleNote {
  readonly id: string;
  readonly ownerId: string;
  readonly name: string;
  readonly createdAt: Date;
}

export const MAX_NAME_LENGTH = 100;

/** The name without surrounding space; null when it is empty, too long or has invisible characters. */
export function parseName(text: string): string | null {
  const name = text.trim();
  const isValid = name !== '' && name.length <= MAX_NAME_LENGTH && !/[\p{Cc}\p{Cs}]/u.test(name);
  return isValid ? name : null;
}
