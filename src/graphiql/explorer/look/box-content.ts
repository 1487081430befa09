import { isBlank } from '../../../inheritance/render/label.ts';
import type { Profile, ProfileGraph } from '../graph/profile-graph.ts';
import { tidy } from '../text/cut.ts';
import { counted, listed, stateName } from '../text/sentences.ts';
import type { Tone, TypeLook } from './colours.ts';
import type { BoxContent } from './scene.ts';

/** What a profile is called wherever it is shown: never by an id. */
export function displayName(profile: Profile | undefined): string {
  if (profile === undefined) return 'Unknown profile';
  if (profile.isMissing) return 'not visible to you';
  return isBlank(profile.name) ? '(no name)' : tidy(profile.name);
}

export function isRunning({ state }: Profile): boolean {
  return state === undefined || state === 'RUNNING';
}

export interface ContentOptions {
  readonly column: number;
  readonly graph: ProfileGraph;
  readonly looks: ReadonlyMap<string, TypeLook>;
  readonly findings: number;
  readonly tone?: Tone | undefined;
  readonly isFocus?: boolean;
  readonly badge?: string | undefined;
  /** The badge in words. */
  readonly effect?: string | undefined;
  readonly more?: BoxContent['more'];
}

/** A profile's box. Where colour is the answer, the chip is grey. */
export function profileContent(profile: Profile, options: ContentOptions): BoxContent {
  const { column, graph, looks, findings, tone = 'plain', isFocus = false, badge, effect, more } = options;
  const look = profile.typeId === undefined ? undefined : looks.get(profile.typeId);
  const name = displayName(profile);
  const running = isRunning(profile);
  return {
    key: profile.id,
    column,
    kind: 'profile',
    name,
    sub: running ? profile.typeName : profile.state && stateName(profile.state),
    chip: profile.isMissing
      ? undefined
      : { letters: look?.letters ?? '?', slot: tone === 'plain' ? look?.slot : undefined },
    tone,
    isDashed: !running || profile.isMissing,
    hasFinding: findings > 0,
    isFocus,
    badge,
    more,
    label: labelOf(profile, graph, findings, effect),
  };
}

/** `Finance, Business Role, paused, child of All Employees, 3 children, 1 finding` */
function labelOf(profile: Profile, graph: ProfileGraph, findings: number, effect: string | undefined): string {
  const parents = graph.parents(profile.id).map((id) => displayName(graph.find(id)));
  const children = graph.children(profile.id).length;
  return [
    displayName(profile),
    profile.typeName,
    !isRunning(profile) && profile.state !== undefined ? stateName(profile.state).toLowerCase() : undefined,
    parents.length > 0 ? `child of ${listed(parents)}` : undefined,
    children > 0 ? counted(children, 'child', 'children') : undefined,
    findings > 0 ? counted(findings, 'finding') : undefined,
    effect,
  ]
    .filter((part) => part !== undefined && part !== '')
    .join(', ');
}
