import { callerKeys } from '../upstream/keys.ts';

const fields = 'nodes { name type { name } inheritsFrom { name type { name } } }';

/** The query of the benchmark as a person would send it. */
const literal = `{ accessProfiles(first: 50) { ${fields} } }`;
const withVariables = `query Page($first: Int, $after: String) { accessProfiles(first: $first, after: $after) { ${fields} } }`;
const withCursor = `query Page($first: Int, $after: String) { accessProfiles(first: $first, after: $after) { ${fields} pageInfo { endCursor } } }`;

/** What is asked: how many rows, behind which cursor. Cursors are each candidate's own. */
export interface Place {
  readonly first: number;
  readonly after: string | null;
}

/** A request, ready to be sent. */
export interface Question {
  readonly authorization: string;
  readonly body: string;
  /** Its place among the places; requests for one place have one answer, whoever asks. */
  readonly place: number;
}

export const leastFirst = 41;
export const mostFirst = 50;
/** How far the distinct requests go into the list: 4 pages of 41 to 50 rows. */
export const pageCount = 4;

/** The request that is repeated where all are identical. */
export const identicalQuestion: Question = {
  authorization: `Bearer ${callerKeys[0]}`,
  body: JSON.stringify({ query: literal }),
  place: -1,
};

/** Every place in turn, each time by another caller, so that neighbours differ in rows and in caller. */
export function distinctQuestions(places: readonly Place[], turns: number): readonly Question[] {
  const questions: Question[] = [];
  for (let turn = 0; turn < turns; turn++) {
    for (const [i, { first, after }] of places.entries()) {
      questions.push({
        authorization: `Bearer ${callerKeys[(turn + i) % callerKeys.length]}`,
        body: JSON.stringify({ query: withVariables, variables: { first, after } }),
        place: i,
      });
    }
  }
  return questions;
}

/** Asks for one page together with the place behind it. */
export function cursorQuestion(place: Place): Question {
  return {
    authorization: `Bearer ${callerKeys[0]}`,
    body: JSON.stringify({ query: withCursor, variables: place }),
    place: -1,
  };
}
