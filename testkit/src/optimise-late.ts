/**
 * The V8 option for processes that live for seconds: few of their functions run often enough for optimised machine code
 * to pay off. Node 22 renamed it, and Node rejects options that it does not know.
 */
export const OPTIMISE_LATE =
  Number.parseInt(process.versions.node, 10) < 22
    ? '--interrupt-budget=500000'
    : '--invocation-count-for-turbofan=22000';
