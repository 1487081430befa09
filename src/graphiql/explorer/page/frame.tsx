import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import type { Navigation } from './use-address.ts';

interface Frame extends Navigation {
  /** Where a view puts its Export menu. */
  readonly exportSlot: HTMLElement | null;
  /** Pictures are shown as lists. */
  readonly isList: boolean;
  readonly setIsList: (isList: boolean) => void;
  /** A line over the view for what failed aside of it. */
  readonly say: (notice: string) => void;
  readonly openProfile: (id: string) => void;
  readonly close: () => void;
}

export const FrameContext = createContext<Frame | undefined>(undefined);

/** The page around a view: where it is, and how to go elsewhere. */
export function useFrame(): Frame {
  const frame = useContext(FrameContext);
  if (frame === undefined) throw new Error('useFrame is used outside of the explorer');
  return frame;
}

export function Icon({ path }: { readonly path: string }) {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" className="explorer-icon">
      <path d={path} />
    </svg>
  );
}

export interface MenuItem {
  readonly text: string;
  readonly onPick: () => void;
}

/** A button that opens a list of actions. */
export function Menu({
  label,
  children,
  items,
}: {
  readonly label: string;
  readonly children: ReactNode;
  readonly items: readonly MenuItem[];
}) {
  const [isOpen, setIsOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isOpen) return;
    root.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus();
    const close = (event: Event) => {
      if (event.target instanceof Node && root.current?.contains(event.target)) return;
      setIsOpen(false);
    };
    document.addEventListener('pointerdown', close);
    return () => document.removeEventListener('pointerdown', close);
  }, [isOpen]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the menu inside.
    <div
      className="explorer-menu"
      ref={root}
      onKeyDown={(event) => {
        if (!isOpen) return;
        const entries = [...(root.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
        const place = entries.findIndex((entry) => entry.contains(document.activeElement));
        if (event.key === 'Escape') setIsOpen(false);
        else if (event.key === 'ArrowDown') entries[(place + 1) % entries.length]?.focus();
        else if (event.key === 'ArrowUp') entries[(place + entries.length - 1) % entries.length]?.focus();
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <button
        type="button"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-label={label}
        onClick={() => setIsOpen(!isOpen)}
      >
        {children}
      </button>
      {isOpen && (
        <div role="menu" aria-label={label} className="explorer-float explorer-col">
          {items.map(({ text, onPick }) => (
            <button
              key={text}
              type="button"
              role="menuitem"
              className="explorer-plain"
              onClick={() => {
                setIsOpen(false);
                onPick();
              }}
            >
              {text}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

/** The Export menu of a view, at the end of the top bar. */
export function ExportMenu({ items }: { readonly items: readonly MenuItem[] }) {
  const { exportSlot } = useFrame();
  if (exportSlot === null || items.length === 0) return null;
  return createPortal(
    <Menu label="Export" items={items}>
      <Icon path="M8 2v8M4.500 6.800 8 10.200l3.500-3.400M2.500 13.500h11" />
      Export
    </Menu>,
    exportSlot,
  );
}

interface ViewHeadProps {
  readonly title: ReactNode;
  readonly under?: ReactNode;
  readonly children?: ReactNode;
}

/** The title of a stage says the answer in words; it is read out when it changes. */
export function ViewHead({ title, under, children }: ViewHeadProps) {
  return (
    <header className="explorer-head">
      <div aria-live="polite">
        <h1 dir="auto">{title}</h1>
        {under !== undefined && (
          <p dir="auto" className="explorer-under">
            {under}
          </p>
        )}
      </div>
      <div className="explorer-head-controls explorer-buttons">{children}</div>
    </header>
  );
}

/** Switches between picture and list. */
export function ListSwitch() {
  const { isList, setIsList } = useFrame();
  return (
    <button type="button" aria-pressed={isList} onClick={() => setIsList(!isList)}>
      As a list
    </button>
  );
}
