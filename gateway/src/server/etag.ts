/** Whether a client has what a weak `etag` names, as its `If-None-Match` says. */
export function isCurrent(ifNoneMatch: string | undefined, etag: string): boolean {
  const known = ifNoneMatch?.split(',').map((each) => each.trim()) ?? [];
  return known.includes('*') || known.includes(etag);
}
