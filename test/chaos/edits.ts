import type { Damage, Passing, Reply } from './middleman.ts';

interface Row {
  readonly profileId: string;
  readonly name: string;
  inheritsFrom?: readonly Pick<Row, 'profileId' | 'name'>[] | null;
}

interface Answer {
  data?: Record<string, unknown>;
  errors?: readonly {
    readonly path?: readonly (string | number)[];
    readonly extensions?: Readonly<Record<string, unknown>>;
  }[];
}

export function inputOf({ body }: Passing): Readonly<Record<string, unknown>> {
  return JSON.parse(body).variables.input ?? {};
}

export async function edited(reply: Promise<Reply>, edit: (answer: Answer) => void): Promise<Reply> {
  const { status, text } = await reply;
  const answer: Answer = JSON.parse(text);
  edit(answer);
  return { status, text: JSON.stringify(answer) };
}

/** Edits each answer. */
export function editing(edit: (answer: Answer) => void): Damage {
  return (request, passOn) => edited(passOn(request), edit);
}

/** Drops the last item of a list in an answer, if it is there. */
export function shorten(data: unknown, path: readonly string[]): void {
  const list = path.reduce<unknown>((value, step) => (isObject(value) ? value[step] : undefined), data);
  if (Array.isArray(list)) list.pop();
}

export function put(data: unknown, path: readonly (string | number)[], value: unknown): void {
  const [last] = path.slice(-1);
  const place = path.slice(0, -1).reduce<unknown>((each, step) => (isObject(each) ? each[step] : undefined), data);
  if (isObject(place) && last !== undefined) place[last] = value;
}

/** Changes that were done get another result. */
export function otherResult(result: () => Answer): Damage {
  return (request, passOn) =>
    edited(passOn(request), (answer) => {
      const change = answer.data?.['change'];
      if (isObject(change) && 'accessProfile' in change) Object.assign(answer, result());
    });
}

export function failed(code: string): Answer {
  return { data: { change: null }, errors: [{ path: ['change'], extensions: { code } }] };
}

/** Gives some requests of one caller the same reply for a while. */
export function keeping(isKept: (request: Passing) => boolean, forMs: number): Damage {
  const kept = new Map<string, { readonly until: number; readonly reply: Promise<Reply> }>();
  return (request, passOn) => {
    if (!isKept(request)) return passOn(request);
    const key = JSON.stringify(request);
    const known = kept.get(key);
    if (known !== undefined && performance.now() < known.until) return known.reply;
    const reply = passOn(request);
    kept.set(key, { until: performance.now() + forMs, reply });
    reply.catch(() => kept.delete(key));
    return reply;
  };
}

/** Every fifth request fails, and its message is not what it should be. */
export function failing(message: (request: Passing) => string): Damage {
  let requests = 0;
  return (request, passOn) => {
    if (++requests % 5 !== 0) return passOn(request);
    const errors = [{ message: `It failed: ${message(request)}`, extensions: { code: 'UPSTREAM_UNAVAILABLE' } }];
    return Promise.resolve({ status: 200, text: JSON.stringify({ errors }) });
  };
}

/** The first row of a list that has parents gets others. */
export function otherParents(
  others: (parents: NonNullable<Row['inheritsFrom']>, row: Row) => NonNullable<Row['inheritsFrom']>,
): Damage {
  return (request, passOn) =>
    edited(passOn(request), ({ data }) => {
      const list: unknown = data?.['accessProfiles'];
      const row = isList(list)
        ? list.nodes.find(({ inheritsFrom }) => inheritsFrom && inheritsFrom.length > 0)
        : undefined;
      if (row?.inheritsFrom) row.inheritsFrom = others(row.inheritsFrom, row);
    });
}

function isList(value: unknown): value is { readonly nodes: readonly Row[] } {
  return isObject(value) && 'nodes' in value;
}

function isObject(value: unknown): value is Record<string | number, unknown> {
  return typeof value === 'object' && value !== null;
}
