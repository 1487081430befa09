import type { Limits } from '../../config.ts';
import { refusal } from './refusal.ts';

/** Throws a refusal where variables nest lists and objects too deeply: whoever reads them calls itself for each level. */
export function checkInputDepth(variables: unknown, { MAX_INPUT_DEPTH }: Limits): void {
  // The variables themselves are an object, which nests nothing yet.
  let level: readonly object[] = isContainer(variables) ? [variables] : [];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_INPUT_DEPTH) {
      throw refusal('MAX_INPUT_DEPTH', `A variable nests values more than ${MAX_INPUT_DEPTH} times`);
    }
    level = level.flatMap((value) => Object.values(value).filter(isContainer));
  }
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
