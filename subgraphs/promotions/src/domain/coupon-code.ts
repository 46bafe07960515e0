const CODE = /^[A-Z0-9](?:[A-Z0-9-]{1,38})[A-Z0-9]$/;

/** The code as it is stored, in upper case and without space; null when it cannot be one. */
export function parseCode(text: string): string | null {
  const code = text.normalize('NFKC').replaceAll(/\s/g, '').toUpperCase();
  return CODE.test(code) ? code : null;
}
