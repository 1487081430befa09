import { isBlank } from '../../../inheritance/render/label.ts';
import type { FindingIndex } from '../graph/finding-index.ts';
import { type Edge, edgeKey, type Profile, type ProfileGraph } from '../graph/profile-graph.ts';
import { tidy } from '../text/cut.ts';
import { counted, listed, stateName } from '../text/sentences.ts';
import type { LineLook, Tone, TypeLook } from './colours.ts';
import type { BoxContent, LineContent, SceneRequest } from './scene.ts';

/** What a profile is called wherever it is shown: never by an id. */
export function displayName(profile: Profile | undefined): string {
  if (profile === undefined) return 'Unknown profile';
  if (profile.isMissing) return 'not visible to you';
  return isBlank(profile.name) ? '(no name)' : tidy(profile.name);
}

export function isRunning({ state }: Profile): boolean {
  return state === undefined || state === 'RUNNING';
}

/** What a picture of profiles is made of. */
export interface GraphLook {
  readonly graph: ProfileGraph;
  readonly looks: ReadonlyMap<string, TypeLook>;
  readonly findings: FindingIndex;
  /** Width of the stage. */
  readonly available: number;
  readonly measure: SceneRequest['measure'];
}

/** How one profile of an answer looks. */
export interface Emphasis extends Pick<BoxContent, 'badge' | 'isFocus' | 'more'> {
  readonly tone?: Tone;
  /** The badge in words. */
  readonly effect?: string | undefined;
}

interface ContentOptions extends Emphasis, Pick<GraphLook, 'graph' | 'looks' | 'findings'> {
  readonly column: number;
}

/** A profile's box. Where colour is the answer, the chip is grey. */
export function profileContent(profile: Profile, options: ContentOptions): BoxContent {
  const { column, graph, looks, tone = 'plain', isFocus = false, badge, effect, more } = options;
  const findings = options.findings.byProfile.get(profile.id)?.length ?? 0;
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

/** The lines of a picture. Edges that close a cycle stand out, whatever else is said of them. */
export function lineContents(
  edges: readonly Edge[],
  closing: ReadonlySet<string>,
  { unneeded }: FindingIndex,
  lookOf?: (key: string) => LineLook | undefined,
): readonly LineContent[] {
  return edges.map((edge) => {
    const key = edgeKey(edge);
    const look = closing.has(key) ? 'cycle' : (lookOf?.(key) ?? (unneeded.has(key) ? 'unneeded' : 'plain'));
    return { key, ...edge, look };
  });
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
