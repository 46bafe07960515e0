import { answerCommands } from '../processes/commands.ts';
import { eventServer } from '../subscriptions/event-server.ts';
import { completeEvent } from '../subscriptions/seat-map.ts';

// What the gateway's delivery is held against: graphql-ws alone, whose events are complete already.
const [port] = process.argv.slice(2);
eventServer(completeEvent).server.listen(Number(port), '127.0.0.1');
answerCommands({ collect: async () => globalThis.gc?.() });
