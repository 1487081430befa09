import { type CSSProperties, type MouseEvent, memo } from 'react';
import { boxInks, chipColours, type LineLook, lineInks, type Theme, type Tone } from '../look/colours.ts';
import type { SceneBox } from '../look/scene.ts';
import { counted } from '../text/sentences.ts';

interface SceneBoxProps {
  readonly box: SceneBox;
  readonly shape: 'card' | 'row';
  readonly theme: Theme;
  readonly isFaded: boolean;
  readonly isChosen: boolean;
  readonly isTabStop: boolean;
}

/** One box. The stage listens for all of them; `data-key` says which one it was. */
export const SceneBoxView = memo(function SceneBoxView({
  box,
  shape,
  theme,
  isFaded,
  isChosen,
  isTabStop,
}: SceneBoxProps) {
  const { place, tone, chip } = box;
  const names = [
    'explorer-box explorer-bar',
    `is-${shape}`,
    box.kind === 'stub' && 'is-stub',
    box.isDashed && 'is-dashed',
    box.isFocus && 'is-focus',
    isFaded && 'is-faded',
    isChosen && 'is-chosen',
  ];
  const colours = chip && chipColours(chip.slot, theme);
  // A row has no room for a chip: its colour is a stripe, and its words are in the tooltip.
  const hasStripe = shape === 'row' && tone === 'plain' && box.kind === 'profile';
  const style = {
    ...toneStyle(tone),
    transform: `translate(${place.x}px, ${place.y}px)`,
    width: place.width,
    height: place.height,
    ...(hasStripe && { boxShadow: `inset 5px 0 0 ${colours?.fill ?? 'transparent'}` }),
  };
  return (
    <button
      type="button"
      className={names.filter(Boolean).join(' ')}
      style={style}
      data-key={box.key}
      data-tone={tone}
      tabIndex={isTabStop ? 0 : -1}
      aria-current={isChosen || undefined}
      title={titleOf(box, shape)}
    >
      {/* In full for screen readers: what is to be seen may be cut. */}
      <span className="explorer-unseen">{box.label}</span>
      {chip && shape === 'card' && (
        <span className="explorer-chip" style={{ background: colours?.fill, color: colours?.text }} aria-hidden="true">
          {chip.letters}
        </span>
      )}
      <span className="explorer-box-text explorer-col" aria-hidden="true">
        {box.lines.map((line) => (
          <span key={line} dir="auto">
            {line}
          </span>
        ))}
        {box.sub !== undefined && box.lines.length === 1 && shape === 'card' && (
          <span className="explorer-box-sub">{box.sub}</span>
        )}
      </span>
      {box.badge !== undefined && (
        <span className={`explorer-badge is-${tone}`} aria-hidden="true">
          {box.badge}
        </span>
      )}
      {box.hasFinding && <span className="explorer-warning" aria-hidden="true" />}
    </button>
  );
});

/** The colours of a box, for the style sheet. */
export function toneStyle(tone: Tone): CSSProperties & Readonly<Record<`--${string}`, string>> {
  const { fill, edge, text } = boxInks[tone];
  return { '--fill': `var(--x-${fill})`, '--edge': `var(--x-${edge})`, '--ink': `var(--x-${text})` };
}

export function lineStyle(look: LineLook): CSSProperties {
  const { ink, width, isDashed } = lineInks[look];
  return { stroke: `var(--x-${ink})`, strokeWidth: width, ...(isDashed && { strokeDasharray: '6 4' }) };
}

/** What the box itself has no room for. */
function titleOf({ kind, lines, name, sub }: SceneBox, shape: 'card' | 'row'): string | undefined {
  if (kind === 'stub') return undefined;
  if (shape === 'row') return [name, sub].filter(Boolean).join(', ');
  return lines.join(' ') === name ? undefined : name;
}

interface MoreButtonProps {
  readonly box: SceneBox;
  readonly isFaded: boolean;
  readonly onMore: (key: string) => void;
}

/** Relatives further out: a click brings them in. */
export function MoreButton({ box, isFaded, onMore }: MoreButtonProps) {
  const { more, place } = box;
  if (more === undefined) return null;
  const x = more.side === 'right' ? `${place.x + place.width + 5}px` : `calc(${place.x - 5}px - 100%)`;
  return (
    <button
      type="button"
      className={isFaded ? 'explorer-more is-faded' : 'explorer-more'}
      style={{ transform: `translate(${x}, ${place.y + place.height / 2 - 9}px)` }}
      tabIndex={-1}
      onClick={(event: MouseEvent) => {
        event.stopPropagation();
        onMore(box.key);
      }}
    >
      <span aria-hidden="true">+{more.count}</span>
      <span className="explorer-unseen">
        {more.side === 'right'
          ? `Show ${counted(more.count, 'more child', 'more children')} of ${box.name}`
          : `Show ${counted(more.count, 'more parent')} of ${box.name}`}
      </span>
    </button>
  );
}
