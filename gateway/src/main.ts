import { orExit } from '@marquee/environment';
import { runGateway } from './run-gateway.ts';

await orExit(() => runGateway(process.env));
