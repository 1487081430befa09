import type { Limits } from '../../config.ts';
import { refusal } from './refusal.ts';

/**
 * Throws a refusal if variables nest too deeply, since the code that reads them is recursive, or hold too many values, since they are
 * read without a pause.
 */
export function checkInputShape(variables: unknown, { MAX_INPUT_DEPTH, MAX_INPUT_VALUES }: Limits): void {
  let values = 0;
  // The object of all variables is level 0.
  let level: object[] = isContainer(variables) ? [variables] : [];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_INPUT_DEPTH) {
      throw refusal('MAX_INPUT_DEPTH', `A variable nests values more than ${MAX_INPUT_DEPTH} times`);
    }
    const next: object[] = [];
    for (const container of level) {
      const members = Array.isArray(container) ? container : Object.values(container);
      values += members.length;
      if (values > MAX_INPUT_VALUES) {
        throw refusal('MAX_INPUT_VALUES', `The variables hold more than ${MAX_INPUT_VALUES} values`);
      }
      for (const member of members) if (isContainer(member)) next.push(member);
    }
    level = next;
  }
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
