import { closingEdges, columnsOf } from '../graph/levels.ts';
import type { ProfileGraph } from '../graph/profile-graph.ts';
import { compareNamed } from '../text/order.ts';
import { type Emphasis, type GraphLook, lineContents, profileContent } from './box-content.ts';
import type { LineLook } from './colours.ts';
import { type BoxContent, composeScene, type Scene, type Shape } from './scene.ts';

export interface GraphSceneRequest extends GraphLook {
  readonly shape: Shape;
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
    return profileContent(profile, {
      column: columns.get(profile.id) ?? 0,
      graph,
      looks,
      findings,
      ...request.emphasis?.(profile.id),
    });
  });
  const lines = lineContents(graph.edges, closing, findings, request.lookOf);
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
