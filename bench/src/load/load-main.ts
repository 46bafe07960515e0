import { answerCommands } from '../processes/commands.ts';
import { httpLoad } from './http-load.ts';
import { deliver, latestMessage, subscribe, unsubscribe } from './subscription-load.ts';

answerCommands({
  http: httpLoad,
  subscribe,
  unsubscribe,
  latestMessage,
  deliver: (options: Parameters<typeof deliver>[0]) => deliver(options),
});
