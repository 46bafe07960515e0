import { useCallback, useEffect, useRef } from 'react';

/** Does something a moment after it was asked for, once for all that asked meanwhile. */
export function useSoon(work: () => void, milliseconds = 600): () => void {
  const latest = useRef(work);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => void (latest.current = work));
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => latest.current(), milliseconds);
  }, [milliseconds]);
}
