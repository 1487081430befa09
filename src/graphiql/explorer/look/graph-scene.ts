import type { FindingIndex } from '../graph/finding-index.ts';
import { closingEdges, columnsOf } from '../graph/levels.ts';
import { edgeKey, type ProfileGraph } from '../graph/profile-graph.ts';
import { compareNamed } from '../text/order.ts';
import { profileContent } from './box-content.ts';
import type { LineLook, Tone, TypeLook } from './colours.ts';
import { type BoxContent, composeScene, type Scene, type SceneRequest, type Shape } from './scene.ts';

/** How one profile of an answer looks. */
export interface Emphasis {
  readonly tone: Tone;
  readonly badge?: string | undefined;
  readonly effect?: string | undefined;
  readonly isFocus?: boolean;
}

export interface GraphSceneRequest {
  readonly graph: ProfileGraph;
  readonly looks: ReadonlyMap<string, TypeLook>;
  readonly findings: FindingIndex;
  readonly shape: Shape;
  readonly available: number;
  readonly measure: SceneRequest['measure'];
  readonly emphasis?: (id: string) => Emphasis;
  readonly lookOf?: (key: string) => LineLook | undefined;
}

/** All profiles of a graph, in columns by level; those without relatives in a column of their own at the end. */
export function graphScene(request: GraphSceneRequest): Scene {
  const { graph, looks, findings, shape, available, measure } = request;
  const closing = closingEdges(graph);
  const columns = new Map(columnsOf(graph, closing));
  placeAlone(graph, columns);
  const boxes = [...graph.profiles].sort(compareNamed).map((profile): BoxContent => {
    const { tone = 'plain', badge, effect, isFocus = false } = request.emphasis?.(profile.id) ?? {};
    return profileContent(profile, {
      column: columns.get(profile.id) ?? 0,
      graph,
      looks,
      findings: findings.byProfile.get(profile.id)?.length ?? 0,
      tone,
      badge,
      effect,
      isFocus,
    });
  });
  const lines = graph.edges.map((edge) => {
    const key = edgeKey(edge);
    const own = request.lookOf?.(key);
    const usual: LineLook = findings.unneeded.has(key) ? 'unneeded' : 'plain';
    return { key, ...edge, look: closing.has(key) ? 'cycle' : (own ?? usual) };
  });
  return composeScene({ boxes, lines, shape, available, measure });
}

/** Profiles without relatives would all stand in the first column; they go behind the last, in as many columns as keep them short. */
function placeAlone(graph: ProfileGraph, columns: Map<string, number>): void {
  const alone = graph.profiles.filter(({ id }) => graph.parents(id).length + graph.children(id).length === 0);
  if (alone.length === 0) return;
  const others = [...columns].filter(([id]) => graph.parents(id).length + graph.children(id).length > 0);
  const first = others.length === 0 ? 0 : Math.max(...others.map(([, column]) => column)) + 1;
  const rows = Math.max(12, tallest(others), Math.ceil(alone.length / 6));
  for (const [index, { id }] of [...alone].sort(compareNamed).entries())
    columns.set(id, first + Math.floor(index / rows));
}

function tallest(columns: readonly (readonly [string, number])[]): number {
  const counts = new Map<number, number>();
  for (const [, column] of columns) counts.set(column, (counts.get(column) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}
