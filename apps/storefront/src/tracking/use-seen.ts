import { type RefObject, useEffect, useRef } from 'react';

const MIN_SHARE = 0.5;
const MIN_MS = 1_000;

/** Calls `onSeen` once, when half of the element has been on the screen for a second. */
export function useSeen(element: RefObject<Element | null>, onSeen: () => void): void {
  const latest = useRef(onSeen);
  useEffect(() => void (latest.current = onSeen));
  useEffect(() => {
    if (!element.current) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const observer = new IntersectionObserver(
      ([entry]) => {
        clearTimeout(timer);
        if (!entry?.isIntersecting) return;
        timer = setTimeout(() => {
          observer.disconnect();
          latest.current();
        }, MIN_MS);
      },
      { threshold: MIN_SHARE },
    );
    observer.observe(element.current);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
    };
  }, [element]);
}
