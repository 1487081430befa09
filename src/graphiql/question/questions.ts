import { accessQuestions } from './access-questions.ts';
import { changeQuestions } from './change-questions.ts';
import { inheritanceQuestions } from './inheritance-questions.ts';
import { lookAroundQuestions } from './look-around-questions.ts';
import type { Question } from './question.ts';

/** Every ready-made question by its group, in the order in which the panel shows them. */
export const questions: Readonly<Record<string, readonly Question[]>> = {
  'Look around': lookAroundQuestions,
  Inheritance: inheritanceQuestions,
  Access: accessQuestions,
  Change: changeQuestions,
};
