const KEY = 'marquee.door.device';

/** A name that tells this device from others, in uploads. */
export function deviceId(): string {
  const kept = localStorage.getItem(KEY);
  if (kept !== null) return kept;
  const made = `gate-${crypto.randomUUID().slice(0, 8)}`;
  localStorage.setItem(KEY, made);
  return made;
}
