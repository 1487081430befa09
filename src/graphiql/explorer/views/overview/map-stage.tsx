import { type MouseEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { World } from '../../ask/world.ts';
import { linkedWith } from '../../graph/routes.ts';
import { mapPlaces } from '../../layout/map-places.ts';
import { displayName } from '../../look/box-content.ts';
import { chipColours, type Ink, inkIn } from '../../look/colours.ts';
import { useSize, useTheme } from '../../page/browser.ts';
import { useTypeLooks } from '../../page/questions.ts';
import { counted, formatCount } from '../../text/sentences.ts';
import { drawMap, drawPointed, markAt } from './draw-map.ts';

interface MapStageProps {
  readonly world: World;
  /** The others are grey: all are shown if there is no set. Places never change by it. */
  readonly shown?: ReadonlySet<string> | undefined;
  /** Where colour is the answer: the colour of each profile of it. */
  readonly inkOf?: (id: string) => Ink | undefined;
  /** Lit while no mark is pointed at. */
  readonly pointed: string | undefined;
  readonly onPoint?: (id: string | undefined) => void;
  readonly onOpen: (id: string) => void;
}

/** Behind all types: a tenant has fewer. */
const noType = 1_000_000;

/** Every profile as a mark on a canvas. A picture with a text: its table is the way in for those who don't see it. */
export function MapStage({ world, shown, inkOf, pointed: lit, onPoint, onOpen }: MapStageProps) {
  const { graph, levels } = world;
  const [own, setOwn] = useState<string>();
  const pointed = own ?? lit;
  const [sizeRef, size] = useSize();
  const looks = useTypeLooks();
  const theme = useTheme();
  const marks = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const places = useMemo(() => {
    if (size === undefined) return undefined;
    const rank = (id: string) => looks.get(graph.find(id)?.typeId ?? '')?.slot ?? noType;
    return mapPlaces(graph, levels, rank, size.width - 36, size.height - 44);
  }, [graph, levels, looks, size]);

  useEffect(() => {
    if (marks.current === null || places === undefined) return;
    const fills = new Map<number | undefined, string>();
    drawMap(marks.current, places, (id) => {
      const answer = inkOf?.(id);
      if (answer !== undefined) return { fill: inkIn(theme, answer), isFaint: false };
      if (inkOf !== undefined || shown?.has(id) === false) return { fill: inkIn(theme, 'faint'), isFaint: true };
      const slot = looks.get(graph.find(id)?.typeId ?? '')?.slot;
      const fill = fills.get(slot) ?? chipColours(slot, theme).fill;
      fills.set(slot, fill);
      return { fill, isFaint: false };
    });
  }, [places, graph, looks, theme, shown, inkOf]);

  const relatives = useMemo(() => {
    if (pointed === undefined || !graph.has(pointed)) return undefined;
    return {
      direct: [...graph.parents(pointed), ...graph.children(pointed)],
      all: linkedWith(graph, pointed),
    };
  }, [graph, pointed]);

  useEffect(() => {
    if (overlay.current === null || places === undefined) return;
    drawPointed(overlay.current, places, pointed, relatives, theme);
  }, [places, pointed, relatives, theme]);

  function point(id: string | undefined) {
    setOwn(id);
    onPoint?.(id);
  }

  function idAt(event: MouseEvent): string | undefined {
    const bounds = overlay.current?.getBoundingClientRect();
    return places && bounds && markAt(places, event.clientX - bounds.left, event.clientY - bounds.top);
  }

  const profile = pointed === undefined ? undefined : graph.find(pointed);
  return (
    <div className="explorer-map" ref={sizeRef}>
      {places && (
        <div style={{ width: places.width, height: (size?.height ?? 16) - 16 }}>
          {places.columns.map(({ title, count, left }) => (
            <div key={title} className="explorer-label" style={{ left }}>
              {title}, {formatCount(count)}
            </div>
          ))}
          <canvas
            ref={marks}
            role="img"
            aria-label={`Map of ${counted(graph.profiles.length, 'profile')} by level: ${places.columns.map(({ title, count }) => `${title}, ${count}`).join('; ')}. The table has the same profiles.`}
          />
          <canvas
            ref={overlay}
            onMouseMove={(event) => point(idAt(event))}
            onMouseLeave={() => point(undefined)}
            onClick={(event) => {
              const id = idAt(event);
              if (id !== undefined) onOpen(id);
            }}
          />
        </div>
      )}
      <div className="explorer-map-name" aria-hidden="true">
        {profile === undefined
          ? 'Point at a mark: what it reaches. Click: go there.'
          : `${displayName(profile)} · ${profile.typeName ?? 'no type'}`}
      </div>
    </div>
  );
}
