import { answerCommands } from '../processes/commands.ts';
import { eventServer } from '../subscriptions/event-server.ts';
import { completeEvent } from '../subscriptions/seat-map.ts';

// The baseline for subscriptions: graphql-ws alone, with ready-made events.
const [port] = process.argv.slice(2);
eventServer(completeEvent).server.listen(Number(port), '127.0.0.1');
answerCommands({ collect: async () => globalThis.gc?.() });
