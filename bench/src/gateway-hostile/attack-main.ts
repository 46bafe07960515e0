import { answerCommands } from '../processes/commands.ts';
import { runAttack } from './attacks.ts';

// Apart from the bystander, whose latencies would otherwise include the attacker's own work.
answerCommands({ attack: runAttack });
