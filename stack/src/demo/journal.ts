/** What the demo did and saw, as it happens. */
export interface Journal {
  /** Something that the demo did has succeeded. */
  step(text: string): void;
  /** Something has arrived. */
  event(who: string, text: string): void;
}

/** Writes lines that begin with the milliseconds since now. */
export function journalOn(output: NodeJS.WritableStream, now: () => number = () => performance.now()): Journal {
  const started = now();
  const write = (mark: string, text: string): void => {
    output.write(`${`${Math.round(now() - started)} ms`.padStart(9)}  ${mark} ${text}\n`);
  };
  return { step: (text) => write('→', text), event: (who, text) => write('←', `${who}: ${text}`) };
}
