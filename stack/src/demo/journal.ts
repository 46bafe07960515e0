/** Reports the progress of the demo. */
export interface Journal {
  /** A step of the demo has succeeded. */
  step(text: string): void;
  /** A subscription has received an event. */
  event(who: string, text: string): void;
}

/** Writes a line for each step and event, with the milliseconds since the start. */
export function journalOn(output: NodeJS.WritableStream, now: () => number = () => performance.now()): Journal {
  const started = now();
  const write = (mark: string, text: string): void => {
    output.write(`${`${Math.round(now() - started)} ms`.padStart(9)}  ${mark} ${text}\n`);
  };
  return { step: (text) => write('→', text), event: (who, text) => write('←', `${who}: ${text}`) };
}
