import { useEffect, useRef } from 'react';

const EVERY_MS = 4_000;

/**
 * Reads again and again while a person waits for something to end. A subscription tells events from its start on, and one
 * that happens between the first reading and that start would be waited for in vain.
 */
export function useReread(read: () => void, isWaiting: boolean): void {
  const latest = useRef(read);
  useEffect(() => void (latest.current = read));
  useEffect(() => {
    if (!isWaiting) return undefined;
    const timer = setInterval(() => latest.current(), EVERY_MS);
    return () => clearInterval(timer);
  }, [isWaiting]);
}
