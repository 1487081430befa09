import { type Palette, palettesByType, type Theme } from '../drawing/appearance.ts';
import type { Drawing } from '../drawing/drawing.ts';

/** What colours, borders and lines mean: only what occurs in the drawing. */
export function Legend({ drawing }: { readonly drawing: Drawing }) {
  const nodes = drawing.nodes.map(({ node }) => node);
  const types = [...palettesByType(nodes, drawing.theme)].filter(([type]) => nodes.some((node) => node.type === type));
  const states = [...new Set(nodes.flatMap((node) => node.state ?? []))];
  const borders = new Map(drawing.nodes.map(({ node, border }) => [node.state, border]));
  return (
    <ul className="inheritance-legend" aria-label="Legend">
      {types.map(([type, palette]) => (
        <li key={type ?? ''}>
          <Swatch palette={palette} /> {type ?? 'type not selected'}
        </li>
      ))}
      {states.map((state) => (
        <li key={state}>
          <Swatch palette={plain(drawing.theme)} border={borders.get(state)} /> {stateName(state)}
        </li>
      ))}
      {nodes.some((node) => node.isMissing) && (
        <li>
          <Swatch palette={plain(drawing.theme)} border="dotted" /> missing in the API
        </li>
      )}
      {drawing.nodes.some((node) => node.isOnCycle) && (
        <li>
          <i className="swatch is-cycle" aria-hidden="true" /> on a cycle
        </li>
      )}
      <li>
        <i className="line" aria-hidden="true" /> inherits from
      </li>
      {drawing.edges.some(({ edge }) => edge.kind === 'indirect') && (
        <li>
          <i className="line is-indirect" aria-hidden="true" /> by way of others
        </li>
      )}
    </ul>
  );
}

function Swatch({ palette, border = 'solid' }: { readonly palette: Palette; readonly border?: string | undefined }) {
  const style = { background: palette.fill, borderColor: palette.border, borderStyle: border };
  return <i className="swatch" style={style} aria-hidden="true" />;
}

function plain(theme: Theme): Palette {
  return { ...(palettesByType([], theme).get(undefined) ?? { border: '', text: '' }), fill: 'transparent' };
}

export function stateName(state: string): string {
  return state.charAt(0) + state.slice(1).toLowerCase().replaceAll('_', ' ');
}
