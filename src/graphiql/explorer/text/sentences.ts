import { cutMiddle } from './cut.ts';

const numbers = new Intl.NumberFormat('en');

export function formatCount(count: number): string {
  return numbers.format(count);
}

/** `1 profile`, `2,000 profiles`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : plural}`;
}

/** `a`, `a and b`, `a, b and 3 more`. */
export function listed(words: readonly string[], most = 2): string {
  const left = words.length - most;
  const shown = left > 0 ? [...words.slice(0, most), `${formatCount(left)} more`] : words;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

const stateNames: Readonly<Record<string, string>> = {
  RUNNING: 'Running',
  PAUSED: 'Paused',
  INITIAL: 'Not started',
  PENDING: 'Pending',
  DRY_RUN: 'Dry run',
  UNRECOGNIZED: 'Unknown state',
};

export function stateName(state: string): string {
  return Object.hasOwn(stateNames, state) ? (stateNames[state] ?? state) : sentenceCase(state);
}

/** An enum's name as words: `MISSING_PARENT` is "Missing parent". */
export function sentenceCase(name: string): string {
  const words = name.toLowerCase().replaceAll('_', ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What a profile's heading says of its place: `inherits from 2 profiles · 31 profiles inherit from it`. */
export function placeSentence(above: number, below: number): string {
  const up = above === 0 ? 'inherits from no profile' : `inherits from ${counted(above, 'profile')}`;
  const down =
    below === 0
      ? 'no profile inherits from it'
      : `${counted(below, 'profile')} ${below === 1 ? 'inherits' : 'inherit'} from it`;
  return `${up} · ${down}`;
}

export interface EffectCounts {
  readonly gained: number;
  readonly lost: number;
  readonly profiles: number;
  /** Undefined while it isn't known. */
  readonly people: number | undefined;
}

/** What a change does, in words and numbers: `3 entitlements lost by 32 profiles, 79 people`. Empty if it does nothing. */
export function effectSentence({ gained, lost, profiles, people }: EffectCounts): string {
  if (profiles === 0) return "Nobody's access changes";
  const parts = [
    ...(lost > 0 ? [`${counted(lost, 'entitlement')} lost`] : []),
    ...(gained > 0 ? [`${counted(gained, 'entitlement')} gained`] : []),
  ];
  const who =
    people === undefined
      ? counted(profiles, 'profile')
      : `${counted(profiles, 'profile')}, ${counted(people, 'person', 'people')}`;
  return `${parts.join(' and ')} by ${who}`;
}

/** What is gained and lost as signs: `−3 +1`. Undefined for nothing. */
export function badgeOf(gained: number, lost: number): string | undefined {
  const parts = [...(lost > 0 ? [`−${lost}`] : []), ...(gained > 0 ? [`+${gained}`] : [])];
  return parts.length === 0 ? undefined : parts.join(' ');
}

/** The same in words: `loses 3, gains 1`. */
export function effectText(gained: number, lost: number): string {
  return [...(lost > 0 ? [`loses ${lost}`] : []), ...(gained > 0 ? [`gains ${gained}`] : [])].join(', ');
}

/** How a profile's access in an answer comes: `35 profiles of 65: 1 by itself, 34 by inheritance`. */
export function answerSentence(direct: number, inherited: number, all: number | undefined): string {
  const total = counted(direct + inherited, 'profile');
  const of = all === undefined ? '' : ` of ${formatCount(all)}`;
  return `${total}${of}: ${formatCount(direct)} by itself, ${formatCount(inherited)} by inheritance`.replace(
    'by itself',
    direct === 1 ? 'by itself' : 'by themselves',
  );
}

/** Longer sentences are not read at a glance. */
const longest = 90;
const shortestName = 12;

/** A sentence about names. Where it is too long, the names are cut in their middle. */
export function sentence(names: readonly string[], say: (names: readonly string[]) => string): string {
  let said = say(names);
  for (let room = longest; said.length > longest && room >= shortestName; room -= 6) {
    said = say(names.map((name) => cutMiddle(name, room, (text) => text.length)));
  }
  return said;
}

/** A chain of parents as a sentence; of a long one the ends, and how many are between them. */
export function chainSentence(names: readonly string[]): string {
  const [first = '', ...rest] = names;
  const last = rest.at(-1);
  if (last === undefined) return `${first} is the same profile.`;
  const whole = `${first} inherits from ${rest.join(', which inherits from ')}.`;
  if (whole.length <= longest) return whole;
  const way = rest.length > 1 ? ` by way of ${counted(rest.length - 1, 'profile')}` : '';
  return sentence([first, last], ([low, high]) => `${low} inherits from ${high}${way}.`);
}
