import { printMermaid } from '../../../inheritance/render/mermaid.ts';
import { finish } from '../../../inheritance/steps.ts';
import type { Scene } from '../look/scene.ts';

/** What the stage shows as a Mermaid flowchart, as the gateway prints its own. */
export function sceneMermaid(scene: Scene): string {
  const profiles = scene.boxes.filter(({ kind }) => kind === 'profile');
  const numbers = new Map(profiles.map(({ key }, number) => [key, number]));
  const cycles = new Set(scene.lines.flatMap(({ look, child, parent }) => (look === 'cycle' ? [child, parent] : [])));
  return finish(
    printMermaid({
      nodes: profiles.map(({ key, name, sub }) => ({
        name,
        typeName: sub ?? null,
        state: null,
        isOnCycle: cycles.has(key),
      })),
      edges: scene.lines.flatMap(({ child, parent }) => {
        const [from, to] = [numbers.get(child), numbers.get(parent)];
        return from === undefined || to === undefined ? [] : [{ child: from, parent: to }];
      }),
    }),
  );
}
