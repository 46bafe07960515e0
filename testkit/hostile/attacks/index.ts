export { type Attack, type Target } from './attack.ts';
export { guessing, hashing, MADE_UP, massLogin, massSignUp } from './credentials.ts';
export {
  bodies,
  largeLiterals,
  longLists,
  nonsense,
  persistedQueries,
  respelled,
  uniqueOperations,
  wideBatch,
} from './documents.ts';
export { houseBlock } from './seats.ts';
export { longIds, manySockets, pings } from './sockets.ts';
export { Tally } from './tally.ts';
