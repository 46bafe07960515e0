/** The most characters of an operation's id, because each event repeats it. */
export const MAX_OPERATION_ID = 128;
