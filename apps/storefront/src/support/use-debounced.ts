import { useEffect, useState } from 'react';

const WAIT_MS = 250;

/** A value once it has not changed for a moment, for what is asked of the server as one types. */
export function useDebounced<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), WAIT_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
