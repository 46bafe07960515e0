/** Commands that a process of the benchmark takes from the one that started it. */
export type Commands = Readonly<Record<string, (argument: never) => Promise<unknown>>>;

export interface CommandMessage {
  readonly id: number;
  readonly command: string;
  readonly argument: unknown;
}

export interface ReplyMessage {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: string;
}

/** Answers the parent's commands and ends with it. Says once that the process is ready. */
export function answerCommands(commands: Commands): void {
  const send = (message: ReplyMessage) => process.send?.(message);
  process.on('message', async ({ id, command, argument }: CommandMessage) => {
    try {
      const run = commands[command];
      if (!run) throw new Error(`There is no command ${command}`);
      send({ id, result: await run(argument as never) });
    } catch (error) {
      send({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  });
  process.on('disconnect', () => process.exit());
  send({ id: 0 });
}
