import { chipColours } from '../look/colours.ts';
import { type LegendEntry, legendOf } from '../look/legend.ts';
import type { Scene } from '../look/scene.ts';
import { useTypeLooks } from '../page/questions.ts';
import { useTheme } from '../page/use-theme.ts';

/** The legend of what occurs, and one line of help. */
export function Foot({ scene, help }: { readonly scene: Scene; readonly help: string }) {
  const entries = legendOf(scene, useTypeLooks());
  return (
    <footer className="explorer-foot">
      <ul aria-label="Legend">
        {entries.map((entry) => (
          <li key={entry.text}>
            <Sign sign={entry.sign} />
            {entry.text}
          </li>
        ))}
      </ul>
      <p>{help}</p>
    </footer>
  );
}

function Sign({ sign }: { readonly sign: LegendEntry['sign'] }) {
  const theme = useTheme();
  if (sign.kind === 'chip') {
    const { fill, text } = chipColours(sign.slot, theme);
    return (
      <span className="explorer-chip" style={{ background: fill, color: text }} aria-hidden="true">
        {sign.letters}
      </span>
    );
  }
  if (sign.kind === 'badge') return <span className={`explorer-badge is-${sign.tone}`}>{sign.text}</span>;
  if (sign.kind === 'warning') return <span className="explorer-warning" aria-hidden="true" />;
  if (sign.kind === 'box') return <span className={`explorer-sign is-${sign.tone}`} aria-hidden="true" />;
  return (
    <svg width="28" height="8" aria-hidden="true">
      <path d="M0 4H28" className={`explorer-line is-${sign.look}`} />
    </svg>
  );
}
