export { allocate } from './allocate.ts';
export { MAX_MINOR_UNITS, minorUnits, percentOf, sumOf } from './minor-units.ts';
export { formatMoney, isCurrency, type Money, toMoney } from './money.ts';
