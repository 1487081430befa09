import type { ReactNode } from 'react';
import { chipColours } from '../look/colours.ts';
import { type LegendEntry, legendOf } from '../look/legend.ts';
import type { Scene } from '../look/scene.ts';
import { useTheme } from '../page/browser.ts';
import { ExportMenu, type MenuItem, useFrame } from '../page/frame.tsx';
import { useTypeLooks } from '../page/questions.ts';
import { lineStyle, toneStyle } from '../stage/scene-box.tsx';
import { Stage, type StageProps } from '../stage/stage.tsx';
import { readingOrder } from '../stage/walk.ts';
import { useSceneExports } from './use-exports.ts';

export interface SceneViewProps extends Omit<StageProps, 'scene' | 'chosen' | 'onChoose'> {
  /** Undefined until the stage has a size. */
  readonly scene: Scene | undefined;
  /** Names the files. */
  readonly title: string;
  /** Lines under the title in the files. */
  readonly notes?: readonly string[];
  readonly help?: string;
  /** Files beside those of the picture. */
  readonly tables?: readonly MenuItem[];
  /** The picture as a list; its boxes in reading order if left out. */
  readonly list?: ReactNode;
  /** Whether a click on a box has done something else than choosing it. */
  readonly onBox?: (key: string) => boolean;
}

/** A picture with its legend and its files, or the same as a list. The box that was clicked is in the address. */
export function SceneView({ scene, title, notes, help, tables = [], list, onBox, ...stage }: SceneViewProps) {
  const { address, adjust, isList } = useFrame();
  const { chosen } = address;
  const pictures = useSceneExports(scene, title, notes);
  return (
    <>
      {scene === undefined || isList ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll area must be reached by the keyboard.
        <section className="explorer-stage is-list" ref={stage.sizeRef} tabIndex={0} aria-label={stage.label}>
          {scene && (list ?? <SceneList scene={scene} onGo={stage.onGo} />)}
        </section>
      ) : (
        <>
          <Stage
            {...stage}
            scene={scene}
            chosen={chosen}
            onChoose={(key) => (key !== undefined && onBox?.(key)) || adjust({ chosen: key })}
            onKey={(key, pressed) => {
              if (stage.onKey?.(key, pressed) === true) return true;
              if (pressed !== 'Escape' || chosen === undefined) return false;
              adjust({ chosen: undefined });
              return true;
            }}
          />
          <Foot scene={scene} help={help ?? 'Double click: go there · hover: how they are linked'} />
        </>
      )}
      <ExportMenu items={[...pictures, ...tables]} />
    </>
  );
}

/** Column by column. */
function SceneList({ scene, onGo }: { readonly scene: Scene; readonly onGo: (key: string) => void }) {
  return (
    <ul className="explorer-list" aria-label="As a list">
      {readingOrder(scene.boxes).map(({ key, name, badge, sub }) => (
        <li key={key}>
          <button type="button" className="explorer-plain explorer-bar" onClick={() => onGo(key)}>
            <span dir="auto">{name}</span>
            {sub !== undefined && <small>{sub}</small>}
            {badge !== undefined && <b>{badge}</b>}
          </button>
        </li>
      ))}
    </ul>
  );
}

/** The legend of what occurs, and one line of help. */
function Foot({ scene, help }: { readonly scene: Scene; readonly help: string }) {
  const entries = legendOf(scene, useTypeLooks());
  return (
    <footer className="explorer-foot explorer-bar explorer-aside">
      <ul aria-label="Legend">
        {entries.map((entry) => (
          <li key={JSON.stringify(entry)} className="explorer-bar">
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
  if (sign.kind === 'box')
    return (
      <span
        className={sign.isDashed ? 'explorer-sign is-dashed' : 'explorer-sign'}
        style={toneStyle(sign.tone)}
        aria-hidden="true"
      />
    );
  return (
    <svg width="28" height="8" aria-hidden="true">
      <path d="M0 4H28" style={lineStyle(sign.look)} />
    </svg>
  );
}
