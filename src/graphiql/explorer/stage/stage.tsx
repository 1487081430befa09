import {
  type KeyboardEvent,
  type MouseEvent,
  type RefCallback,
  useCallback,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { isLit } from '../graph/routes.ts';
import type { Scene } from '../look/scene.ts';
import { type Size, useTheme } from '../page/browser.ts';
import { placeOnStage, scaled, scaleFor } from './place-on-stage.ts';
import { lineStyle, MoreButton, SceneBoxView } from './scene-box.tsx';
import { type Direction, nextBox, readingOrder } from './walk.ts';

export interface StageProps {
  readonly scene: Scene;
  readonly label: string;
  readonly sizeRef: RefCallback<HTMLElement>;
  readonly size: Size | undefined;
  /** What the view is about: always inside the stage. */
  readonly focus?: string | undefined;
  readonly chosen?: string | undefined;
  /** What stays lit while nothing is pointed at. */
  readonly lit?: ReadonlySet<string> | undefined;
  /** What a box that is pointed at lights. */
  readonly litFor?: (key: string) => ReadonlySet<string>;
  readonly onChoose: (key: string | undefined) => void;
  readonly onGo: (key: string) => void;
  readonly onMore?: (key: string) => void;
  readonly onKey?: (key: string, name: string) => boolean;
}

const directions: Readonly<Record<string, Direction | undefined>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};

/** A scroll area with a picture at natural size. One tab stop; arrow keys walk. */
export function Stage(props: StageProps) {
  const { scene, size, focus, chosen, onChoose, onGo } = props;
  const theme = useTheme();
  const [pointed, setPointed] = useState<string>();
  const [stop, setStop] = useState<string>();
  const area = useRef<HTMLDivElement>(null);
  const picture = useRef<HTMLDivElement>(null);
  const boxes = useMemo(() => readingOrder(scene.boxes), [scene]);
  const keys = useMemo(() => new Set(scene.boxes.map(({ key }) => key)), [scene]);
  const scale = scaleFor(scene, size);
  const before = useRef<ReadonlyMap<string, { x: number; y: number }>>(new Map());
  const anchor = useRef<string>(undefined);

  useLayoutEffect(() => {
    if (area.current === null || picture.current === null || size === undefined) return;
    const wanted = [anchor.current, focus].find((key) => key !== undefined && keys.has(key) && before.current.has(key));
    before.current = placeOnStage(area.current, picture.current, scene, scale, size, focus, wanted, before.current);
    anchor.current = undefined;
    showEdges(area.current);
  }, [scene, scale, size, focus, keys]);

  const { sizeRef } = props;
  const areaRef = useCallback(
    (element: HTMLDivElement | null) => {
      area.current = element;
      return sizeRef(element);
    },
    [sizeRef],
  );

  const tabStop = [stop, chosen, focus].find((key) => key !== undefined && keys.has(key)) ?? boxes[0]?.key;
  const isPointed = pointed !== undefined && keys.has(pointed);
  const lit = useMemo(
    () => (isPointed ? props.litFor?.(pointed) : undefined) ?? props.lit,
    [isPointed, pointed, props.litFor, props.lit],
  );

  function keyAt(event: MouseEvent | KeyboardEvent): string | undefined {
    const element = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-key]') : null;
    return element?.dataset['key'];
  }

  function remember() {
    const scrolled = area.current;
    const moved = picture.current;
    if (scrolled === null || moved === null) return;
    before.current = new Map(
      scene.boxes.map(({ key, place }) => {
        const { x, y } = scaled(place, scale);
        return [key, { x: moved.offsetLeft + x - scrolled.scrollLeft, y: moved.offsetTop + y - scrolled.scrollTop }];
      }),
    );
  }

  function onKeyDown(event: KeyboardEvent) {
    const key = keyAt(event);
    if (key === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const direction = directions[event.key];
    if (direction !== undefined) moveTo(nextBox(scene, key, direction));
    else if (event.key === 'Home') moveTo(focus ?? boxes[0]?.key);
    else if (event.key === 'Enter') {
      anchor.current = key;
      onGo(key);
    } else if (props.onKey?.(key, event.key) !== true) return;
    event.preventDefault();
    event.stopPropagation();
  }

  function moveTo(key: string | undefined) {
    if (key === undefined) return;
    setStop(key);
    const element = [...(picture.current?.querySelectorAll<HTMLElement>('[data-key]') ?? [])].find(
      ({ dataset }) => dataset['key'] === key,
    );
    element?.focus();
    element?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  return (
    <div
      className="explorer-stage"
      ref={areaRef}
      data-boxes={scene.boxes.length}
      onScroll={(event) => {
        showEdges(event.currentTarget);
        remember();
      }}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the boxes are the buttons; this listens for all of them. */}
      {/* biome-ignore lint/a11y/useKeyWithMouseEvents: pointing shows nothing that the card and the list don't. */}
      <div
        className="explorer-picture-area"
        style={{ width: Math.max(scene.width, 1), height: scene.height, transform: `scale(${scale})` }}
        onClick={(event) => {
          const key = keyAt(event);
          if (event.detail > 1 && key !== undefined) return;
          if (key !== undefined) setStop(key);
          onChoose(key);
        }}
        onDoubleClick={(event) => {
          const key = keyAt(event);
          if (key === undefined) return;
          anchor.current = key;
          onGo(key);
        }}
        onMouseOver={(event) => setPointed(keyAt(event))}
        onMouseLeave={() => setPointed(undefined)}
        onKeyDown={onKeyDown}
        ref={picture}
      >
        <SceneLines scene={scene} lit={lit} />
        {scene.headings.map(({ text, x }) => (
          <div key={text} className="explorer-column-heading" style={{ left: x }}>
            {text}
          </div>
        ))}
        {/* biome-ignore lint/a11y/useSemanticElements: a group of buttons is no set of form fields. */}
        <div className="explorer-boxes" role="group" aria-label={props.label}>
          {boxes.map((box) => (
            <SceneBoxView
              key={box.key}
              box={box}
              shape={scene.shape}
              theme={theme}
              isFaded={lit !== undefined && !lit.has(box.key)}
              isChosen={box.key === chosen}
              isTabStop={box.key === tabStop}
            />
          ))}
          {props.onMore &&
            boxes.map((box) => (
              <MoreButton
                key={box.key}
                box={box}
                isFaded={lit !== undefined && !lit.has(box.key)}
                onMore={(key) => {
                  anchor.current = key;
                  props.onMore?.(key);
                }}
              />
            ))}
        </div>
      </div>
    </div>
  );
}

/** A side on which more follows fades out. */
function showEdges(area: HTMLElement): void {
  const { scrollLeft, scrollTop, scrollWidth, scrollHeight, clientWidth, clientHeight } = area;
  const sides = {
    left: scrollLeft > 1,
    right: scrollLeft + clientWidth < scrollWidth - 1,
    above: scrollTop > 1,
    below: scrollTop + clientHeight < scrollHeight - 1,
  };
  for (const [side, hasMore] of Object.entries(sides)) area.style.setProperty(`--${side}`, hasMore ? '#0003' : '#000');
}

/** Lines that close a cycle run above the boxes. */
function SceneLines({ scene, lit }: { readonly scene: Scene; readonly lit: ReadonlySet<string> | undefined }) {
  return ([false, true] as const).map((isCycle) => (
    <svg
      key={String(isCycle)}
      className={isCycle ? 'explorer-lines is-above' : 'explorer-lines'}
      width={scene.width}
      height={scene.height}
      aria-hidden="true"
    >
      {scene.lines
        .filter(({ look }) => (look === 'cycle') === isCycle)
        .map((line) => (
          <path
            key={line.key}
            d={line.path}
            className={`explorer-line is-${line.look} ${lit !== undefined && !isLit(lit, line) ? 'is-faded' : ''}`}
            style={lineStyle(line.look)}
          />
        ))}
    </svg>
  ));
}
