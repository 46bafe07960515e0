import { useEffect, useState } from 'react';

const WAIT_MS = 250;

/** A value once it has been the same for a moment, for what is asked of the server as one types. */
export function useDebounced<Value>(value: Value, ms = WAIT_MS): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}
