import { answerCommands } from '../processes/commands.ts';
import { httpLoad } from './http-load.ts';

answerCommands({ http: httpLoad });
