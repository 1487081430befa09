import { Fragment, type RefObject, useEffect, useRef, useState } from 'react';
import { views } from './address.ts';
import type { Navigation } from './use-address.ts';

const keys: readonly (readonly [string, string])[] = [
  ['/', 'search'],
  ['1 to 6', 'views'],
  ['Alt-Left, Alt-Right', 'back, forward'],
  ['F6', 'from pane to pane'],
  ['Arrow keys', 'in a picture: parent, child, neighbours'],
  ['Home', 'the profile itself'],
  ['Enter', 'go to the profile'],
  ['Space', 'its card'],
  ['+', 'bring more relatives in'],
  ['p, c', 'path to…, compare with…'],
  ['Shift-Enter', 'in the search: compare with what is open'],
  ['Escape', 'one step out'],
];

interface KeysProps extends Navigation {
  readonly root: RefObject<HTMLElement | null>;
  /** Leaves the explorer. */
  readonly onLeave: () => void;
}

/** Hears the keys of the explorer, and shows them when asked to. */
export function Keys({ root, address, go, adjust, onLeave }: KeysProps) {
  const [isOpen, setIsOpen] = useState(false);

  function onKeyDown(event: KeyboardEvent) {
    const { target } = event;
    // What had the focus may be gone by now: the page itself then stands for the explorer.
    const isOurs = target === document.body || (target instanceof Node && root.current?.contains(target) === true);
    if (event.defaultPrevented || !isOurs) return;
    const isTyping = target instanceof HTMLInputElement && target.type === 'text';
    if (event.key === 'F6') focusPane(root.current, event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape' && !isTyping) {
      if (isOpen) setIsOpen(false);
      else if (address.view === 'profile' && address.to !== undefined) adjust({ to: undefined, rest: false });
      else onLeave();
    } else if (event.altKey && event.key === 'ArrowLeft') window.history.back();
    else if (event.altKey && event.key === 'ArrowRight') window.history.forward();
    else if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    else if (event.key === '/') focusSearch(root.current);
    else if (event.key === '?') setIsOpen(true);
    else if (/^[1-6]$/.test(event.key)) go({ view: views[Number(event.key) - 1] ?? 'overview' });
    else return;
    event.preventDefault();
  }

  const latest = useRef(onKeyDown);
  latest.current = onKeyDown;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => latest.current(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);

  if (!isOpen) return null;
  return (
    <div className="explorer-dialog explorer-float" role="dialog" aria-label="Keys">
      <h2>Keys</h2>
      <dl>
        {keys.map(([key, meaning]) => (
          <Fragment key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </Fragment>
        ))}
      </dl>
      {/* biome-ignore lint/a11y/noAutofocus: a dialog takes the focus when it opens. */}
      <button type="button" autoFocus onClick={() => setIsOpen(false)}>
        Close
      </button>
    </div>
  );
}

/** Puts the cursor into the search box. */
export function focusSearch(root: Element | null | undefined): void {
  root?.querySelector<HTMLElement>('[data-shortcut="/"]')?.focus();
}

function focusPane(root: HTMLElement | null, step: number): void {
  const panes = [...(root?.querySelectorAll<HTMLElement>('[data-pane]') ?? [])];
  const place = panes.findIndex((pane) => pane.contains(document.activeElement));
  const next = panes[(place + step + panes.length) % panes.length];
  next?.querySelector<HTMLElement>('input, button:not([tabindex="-1"]), [tabindex="0"]')?.focus();
}
