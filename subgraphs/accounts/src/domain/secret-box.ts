/** Encrypts secrets at rest: a copy of the database alone does not reveal them. */
export interface SecretBox {
  /** @param label the secret's purpose and owner; only the same label opens it again */
  seal(label: string, secret: Uint8Array): Uint8Array;
  /** @throws when the label or the key differs, or the sealed bytes were changed */
  open(label: string, sealed: Uint8Array): Uint8Array;
}
