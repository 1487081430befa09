import type { FindingIndex } from '../graph/finding-index.ts';
import { type Near, type NearOptions, placeNear, relativeKey } from '../graph/near.ts';
import type { ProfileGraph } from '../graph/profile-graph.ts';
import { compareNamed } from '../text/order.ts';
import { counted, formatCount } from '../text/sentences.ts';
import { displayName, type GraphLook, lineContents, profileContent } from './box-content.ts';
import { type BoxContent, composeScene, type Scene } from './scene.ts';

export interface ProfileSceneRequest extends GraphLook {
  readonly focus: string;
  readonly near: Near;
}

/** Who stays where not all fit: those with findings, then those with most heirs, then by name. */
export function nearOrder(graph: ProfileGraph, findings: FindingIndex): NearOptions['compare'] {
  return (one, other) => {
    const [first, second] = [graph.find(one), graph.find(other)];
    if (first === undefined || second === undefined) return 0;
    return (
      Number(findings.byProfile.has(other)) - Number(findings.byProfile.has(one)) ||
      graph.children(other).length - graph.children(one).length ||
      compareNamed(first, second)
    );
  };
}

/** A profile in the middle, whom it inherits from on the left, who inherits from it on the right. */
export function profileScene({ graph, focus, near, looks, findings, available, measure }: ProfileSceneRequest): Scene {
  const { columns, edges, closing } = placeNear(graph, focus, near);
  const boxes: BoxContent[] = [];
  for (const [id, column] of [...columns].sort(([one], [other]) => compareIds(graph, one, other))) {
    const profile = graph.find(id);
    if (profile === undefined) continue;
    const side = near.shown.get(id)?.side;
    const further = near.further.get(id)?.length ?? 0;
    boxes.push(
      profileContent(profile, {
        column,
        graph,
        looks,
        findings,
        isFocus: id === focus,
        more:
          further > 0 && side !== undefined ? { count: further, side: side === 'above' ? 'left' : 'right' } : undefined,
      }),
    );
  }
  const [first, last] = [Math.min(...columns.values()), Math.max(...columns.values())];
  for (const { side, step, hidden } of near.stubs) {
    const column = side === 'above' ? Math.max(first, -step) : Math.min(last, step);
    const text = `+${formatCount(hidden.length)} more…`;
    boxes.push({
      key: stubKey(side, step),
      column: column === 0 ? (side === 'above' ? -1 : 1) : column,
      kind: 'stub',
      name: text,
      tone: 'plain',
      isDashed: true,
      label: `${counted(hidden.length, 'more profile')}, ${step === 1 ? '1 step' : `${step} steps`} ${side === 'above' ? 'up' : 'down'}: open as a list`,
    });
  }
  return composeScene({
    boxes,
    lines: lineContents(edges, closing, findings),
    shape: 'card',
    available,
    measure,
    headings: (left) => [
      ...(near.counts.above > 0
        ? [{ text: `Inherits from · ${formatCount(near.counts.above)}`, x: left.get(first) ?? 0 }]
        : []),
      ...(near.counts.below > 0
        ? [{ text: `Inherited by · ${formatCount(near.counts.below)}`, x: left.get(1) ?? 0 }]
        : []),
    ],
  });
}

export function stubKey(side: 'above' | 'below', step: number): string {
  return `stub ${side} ${step}`;
}

export function openKey(near: Near, id: string): string | undefined {
  const side = near.shown.get(id)?.side;
  return side && relativeKey(id, side);
}

function compareIds(graph: ProfileGraph, one: string, other: string): number {
  const [first, second] = [graph.find(one), graph.find(other)];
  return first === undefined || second === undefined ? 0 : compareNamed(first, second);
}

/** The ways of one chain, for a sentence. */
export function namesAlong(graph: ProfileGraph, chain: readonly string[]): readonly string[] {
  return chain.map((id) => displayName(graph.find(id)));
}
