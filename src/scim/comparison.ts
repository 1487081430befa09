import type { CompareOperator, CompareValue } from './ast.ts';
import { foldCase } from './fold-case.ts';
import { orderInstants, parseInstant } from './instant.ts';
import { rememberLast } from './remember-last.ts';

const instantOf = rememberLast(parseInstant);

export type PositiveOperator = Exclude<CompareOperator, 'ne'>;

/** Whether one value of an attribute satisfies an operator and a literal. */
export type ScalarTest = (value: string | number | boolean) => boolean;

/**
 * The test for one operator and literal, with the literal prepared once. Values of another JSON type never match, and
 * neither do operators that their type hasn't (`gt true`, `co 1`, anything but eq with null): RFC 7644 §3.4.2.2 has a
 * server refuse these with invalidFilter, which is for whoever knows the attribute's type to do before evaluating.
 */
export function scalarTest(operator: PositiveOperator, literal: CompareValue, caseExact: boolean): ScalarTest {
  if (typeof literal === 'string') return stringTest(operator, literal, caseExact);
  if (typeof literal === 'number') return numberTest(operator, literal);
  return operator === 'eq' ? (value) => value === literal : never;
}

/** One value of a row is compared with each literal of a filter. */
const foldOnce = rememberLast(foldCase);

const never: ScalarTest = () => false;

function numberTest(operator: PositiveOperator, literal: number): ScalarTest {
  const accepts = orderTests[operator];
  if (accepts === undefined) return never;
  return (value) => typeof value === 'number' && !Number.isNaN(value) && accepts(orderOf(value, literal));
}

function stringTest(operator: PositiveOperator, literal: string, caseExact: boolean): ScalarTest {
  const fold = caseExact ? (text: string) => text : foldOnce;
  const folded = fold(literal);
  switch (operator) {
    case 'co':
      return (value) => typeof value === 'string' && fold(value).includes(folded);
    case 'sw':
      return (value) => typeof value === 'string' && fold(value).startsWith(folded);
    case 'ew':
      return (value) => typeof value === 'string' && fold(value).endsWith(folded);
    default:
      return orderedStringTest(orderTests[operator], literal, fold);
  }
}

/** Instants where both sides are date-times, else UTF-16 code units (RFC 7644 leaves the collation open). */
function orderedStringTest(accepts: OrderTest, literal: string, fold: (text: string) => string): ScalarTest {
  const folded = fold(literal);
  const instant = parseInstant(literal);
  return (value) => {
    if (typeof value !== 'string') return false;
    const other = instant && instantOf(value);
    return accepts(instant && other ? orderInstants(other, instant) : orderOf(fold(value), folded));
  };
}

type OrderTest = (order: number) => boolean;

const orderTests = {
  eq: (order) => order === 0,
  gt: (order) => order > 0,
  ge: (order) => order >= 0,
  lt: (order) => order < 0,
  le: (order) => order <= 0,
  co: undefined,
  sw: undefined,
  ew: undefined,
} satisfies Record<PositiveOperator, OrderTest | undefined>;

function orderOf<T extends string | number>(a: T, b: T): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
