/** Commands that a benchmark process accepts from its parent. */
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

/** Reports that the process is ready, then answers the parent's commands until the parent ends. */
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
