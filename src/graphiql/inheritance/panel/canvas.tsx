import cytoscape, { type Core } from 'cytoscape';
import { type KeyboardEvent, type Ref, useEffect, useImperativeHandle, useRef } from 'react';
import type { Drawing } from '../drawing/drawing.ts';
import { elementId, elementsOf } from '../drawing/elements.ts';
import { stylesheetFor } from '../drawing/stylesheet.ts';
import { type Direction, nextNode } from '../drawing/walk.ts';
import type { Connection } from '../graph/connection.ts';

export interface CanvasHandle {
  fit(): void;
  zoom(factor: number): void;
  /** Brings a node into the middle, large enough to read. */
  show(key: string): void;
  png(background: string): Blob;
}

interface CanvasProps {
  readonly drawing: Drawing;
  /** Another object when boxes have moved. */
  readonly layout: unknown;
  readonly chosen: string | undefined;
  readonly connection: Connection | undefined;
  readonly found: ReadonlySet<string>;
  /** `isSecond`: picked as the other end of a path. */
  readonly onChoose: (key: string | undefined, isSecond: boolean) => void;
  readonly ref: Ref<CanvasHandle>;
}

const directions: Readonly<Record<string, Direction | undefined>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};

/** The drawing itself: Cytoscape on a canvas. */
export function Canvas({ drawing, layout, chosen, connection, found, onChoose, ref }: CanvasProps) {
  const container = useRef<HTMLDivElement>(null);
  const core = useRef<Core>(undefined);
  const choose = useRef(onChoose);
  choose.current = onChoose;
  const shown = useRef(chosen);
  shown.current = chosen;
  const fittedLayout = useRef<unknown>(undefined);
  // Until the reader takes the view into their own hands, the whole drawing stays in sight.
  const isFitted = useRef(true);

  useEffect(() => {
    const cy = cytoscape({ container: container.current, minZoom: 0.03, maxZoom: 3, boxSelectionEnabled: false });
    core.current = cy;
    cy.autounselectify(true);
    cy.on('tap', ({ target, originalEvent }) => {
      if (target === cy) choose.current(undefined, false);
      else if (target.isNode()) choose.current(target.data('key'), originalEvent.shiftKey);
    });
    cy.on('mouseover', 'node', () => container.current?.classList.add('is-over-node'));
    cy.on('mouseout', 'node', () => container.current?.classList.remove('is-over-node'));
    cy.on('dragpan scrollzoom pinchzoom', () => {
      isFitted.current = false;
    });
    // The panel can be dragged wider, fill the window, or give room to a card: Cytoscape notices none of it.
    const observer = new ResizeObserver(() => {
      cy.resize();
      if (isFitted.current) fitAll(cy);
      else if (shown.current !== undefined) show(cy, shown.current);
    });
    if (container.current) observer.observe(container.current);
    return () => {
      observer.disconnect();
      cy.destroy();
    };
  }, []);

  useEffect(() => {
    const cy = core.current;
    if (cy === undefined) return;
    cy.batch(() => {
      cy.elements().remove();
      cy.add([...elementsOf(drawing)]);
      cy.style(stylesheetFor(drawing.theme));
    });
    // Another theme is no reason to move what the reader is looking at.
    if (fittedLayout.current !== layout) {
      fitAll(cy);
      isFitted.current = true;
    }
    fittedLayout.current = layout;
    container.current?.setAttribute('data-nodes', String(cy.nodes().length));
    container.current?.setAttribute('data-edges', String(cy.edges().length));
  }, [drawing, layout]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new drawing has new elements, which must be marked again.
  useEffect(() => {
    const cy = core.current;
    if (cy === undefined) return;
    cy.batch(() => {
      cy.elements().removeClass('chosen near lit faded found');
      if (chosen !== undefined)
        cy.getElementById(elementId(chosen)).addClass('chosen').connectedEdges(':simple').addClass('near');
      for (const key of found) cy.getElementById(elementId(key)).addClass('found');
      if (connection === undefined) return;
      cy.elements().addClass('faded');
      for (const key of [...connection.nodes, ...connection.edges]) cy.getElementById(elementId(key)).addClass('lit');
      cy.elements('.lit').removeClass('faded');
    });
  }, [drawing, chosen, connection, found]);

  useImperativeHandle(ref, () => ({
    fit: () => {
      isFitted.current = true;
      if (core.current) fitAll(core.current);
    },
    zoom: zoomBy,
    show: (key) => {
      if (core.current && show(core.current, key)) isFitted.current = false;
    },
    png: (background) =>
      core.current?.png({ output: 'blob', full: true, scale: 2, maxWidth: 8_000, maxHeight: 8_000, bg: background }) ??
      new Blob(),
  }));

  function zoomBy(factor: number) {
    const cy = core.current;
    isFitted.current = false;
    cy?.zoom({ level: cy.zoom() * factor, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
  }

  function onKeyDown(event: KeyboardEvent) {
    const cy = core.current;
    const direction = directions[event.key];
    if (cy === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    if (direction !== undefined) {
      const next = nextNode(drawing, chosen, direction);
      if (next !== undefined) {
        onChoose(next, event.shiftKey);
        if (show(cy, next)) isFitted.current = false;
      }
    } else if (event.key === '+' || event.key === '=') zoomBy(1.25);
    else if (event.key === '-') zoomBy(0.8);
    else if (event.key === '0') {
      isFitted.current = true;
      fitAll(cy);
    } else if (event.key === 'Escape' && chosen !== undefined) onChoose(undefined, false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div
      ref={container}
      className="inheritance-canvas"
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it is interactive, by arrow keys and mouse.
      tabIndex={0}
      aria-label={`Drawing of ${drawing.nodes.length} profiles. Arrow keys go to parents, children and neighbours; plus, minus and 0 zoom. The same as text: “As a list”, below.`}
      onKeyDown={onKeyDown}
    />
  );
}

function fitAll(cy: Core): void {
  cy.fit(undefined, 24);
  // A handful of profiles need not fill the panel.
  if (cy.zoom() > 1.1) {
    cy.zoom(1.1);
    cy.center();
  }
}

/** Brings a node into sight, large enough to read. Answers whether that took moving the view. */
function show(cy: Core, key: string): boolean {
  const node = cy.getElementById(elementId(key));
  if (node.empty()) return false;
  const { x1, y1, x2, y2 } = node.renderedBoundingBox();
  const isInView = x1 > 0 && y1 > 0 && x2 < cy.width() && y2 < cy.height();
  const isReadable = cy.zoom() >= 0.45;
  if (isInView && isReadable) return false;
  if (!isReadable) cy.zoom(0.8);
  cy.center(node);
  return true;
}
