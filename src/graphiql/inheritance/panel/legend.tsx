import { type Border, borderOf, inks, type Palette, palettesByType, type Theme } from '../drawing/appearance.ts';
import type { Drawing } from '../drawing/drawing.ts';

const cycleBorder: Border = { dashes: [], isDouble: false, width: 3 };

/** What colours, borders and lines mean: only what occurs in the drawing. */
export function Legend({ drawing }: { readonly drawing: Drawing }) {
  const nodes = drawing.nodes.map(({ node }) => node);
  const types = [...palettesByType(nodes, drawing.theme)].filter(([type]) => nodes.some((node) => node.type === type));
  const states = [...new Set(nodes.flatMap((node) => node.state ?? []))];
  return (
    <ul className="inheritance-legend" aria-label="Legend">
      {types.map(([type, palette]) => (
        <li key={type ?? ''}>
          <Swatch palette={palette} /> {type ?? 'type not selected'}
        </li>
      ))}
      {states.map((state) => (
        <li key={state}>
          <Swatch palette={plain(drawing.theme)} border={borderOf({ state, isMissing: false })} /> {stateName(state)}
        </li>
      ))}
      {nodes.some((node) => node.isMissing) && (
        <li>
          <Swatch palette={plain(drawing.theme)} border={borderOf({ state: undefined, isMissing: true })} /> missing in
          the API
        </li>
      )}
      {drawing.nodes.some((node) => node.isOnCycle) && (
        <li>
          <Swatch palette={{ ...plain(drawing.theme), border: inks[drawing.theme].cycle }} border={cycleBorder} /> on a
          cycle
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

interface SwatchProps {
  readonly palette: Palette;
  readonly border?: Border;
}

/** A node in small, drawn with the same strokes. */
function Swatch({ palette, border = { dashes: [], isDouble: false, width: 1.5 } }: SwatchProps) {
  const stroke = { stroke: palette.border, strokeWidth: border.isDouble ? 1 : border.width };
  return (
    <svg className="swatch" viewBox="0 0 24 16" width="24" height="16" aria-hidden="true">
      <rect
        x="1"
        y="1"
        width="22"
        height="14"
        rx="4"
        fill={palette.fill}
        strokeDasharray={border.dashes.join(' ')}
        {...stroke}
      />
      {border.isDouble && <rect x="3.5" y="3.5" width="17" height="9" rx="2.5" fill="none" {...stroke} />}
    </svg>
  );
}

function plain(theme: Theme): Palette {
  return { ...(palettesByType([], theme).get(undefined) ?? { border: '', text: '' }), fill: 'transparent' };
}

export function stateName(state: string): string {
  return state.charAt(0) + state.slice(1).toLowerCase().replaceAll('_', ' ');
}
