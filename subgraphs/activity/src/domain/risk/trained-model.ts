import type { Model } from './model.ts';
import trained from './model.json' with { type: 'json' };

/** The model in use, with the figures of its training. */
export const trainedModel = trained as Model & typeof trained;
