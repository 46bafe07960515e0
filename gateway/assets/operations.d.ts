/** See operations.js, which runs in the browser. */
export function operationIn(text: string, chosen: string | null | undefined): { kind: string; name?: string };
