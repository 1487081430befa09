import '../css/picker.css';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { displayName, isRunning } from '../look/box-content.ts';
import { Icon } from '../page/frame.tsx';
import { TypeChip } from '../page/parts.tsx';
import { useWholeWorld } from '../page/questions.ts';
import { entitlementName, kindInSystem, systemOf } from '../text/entitlement-name.ts';
import { formatCount, stateName } from '../text/sentences.ts';
import { type Hit, type Kinds, useHits } from './use-hits.ts';

export interface Picked extends Pick<Hit, 'profile' | 'entitlement'> {
  /** Chosen with Shift. */
  readonly isSecond: boolean;
}

export interface PickerProps {
  readonly label: string;
  readonly placeholder: string;
  readonly kinds: Kinds;
  readonly onPick: (picked: Picked) => void;
  readonly onCancel?: () => void;
  /** Opened by a button, so that typing may begin at once. */
  readonly hasFocus?: boolean;
  /** The profile that another is looked for: it isn't offered before something is typed. */
  readonly except?: string;
  /** Sign of the key that leads here. */
  readonly shortcut?: string;
}

/** One box for profiles and entitlements: typing suggests, arrow keys choose, Enter takes. */
export function Picker({ label, placeholder, kinds, onPick, onCancel, hasFocus, except, shortcut }: PickerProps) {
  const [typed, setTyped] = useState('');
  const [isOpen, setIsOpen] = useState(false);
  const [active, setActive] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const [awaited, setAwaited] = useState<'first' | 'second'>();
  const { groups, isReading } = useHits(typed, kinds, isOpen, except);
  const hits = groups.flatMap((group) => group.hits);
  const current = hits[Math.min(active, hits.length - 1)];

  // Enter came before the hits: the first one is taken as soon as it is there.
  useEffect(() => {
    if (awaited === undefined || isReading) return;
    setAwaited(undefined);
    if (current !== undefined) pick(current, awaited === 'second');
  });

  function pick(hit: Hit, isSecond: boolean) {
    setTyped('');
    setIsOpen(false);
    input.current?.blur();
    onPick({ ...hit, isSecond });
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive((number) => Math.max(0, Math.min(hits.length - 1, number + step)));
    } else if (event.key === 'Enter') {
      if (isReading) setAwaited(event.shiftKey ? 'second' : 'first');
      else if (current !== undefined) pick(current, event.shiftKey);
    } else if (event.key === 'Escape') {
      if (isOpen && typed !== '') setTyped('');
      else {
        setIsOpen(false);
        input.current?.blur();
        onCancel?.();
      }
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div className="explorer-picker">
      <Icon path="M11.500 7a4.500 4.500 0 1 1-9 0 4.500 4.500 0 0 1 9 0Zm-1 3.500 4 4" />
      <input
        ref={input}
        type="text"
        role="combobox"
        aria-label={label}
        aria-expanded={isOpen && groups.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && current ? `${listId} ${current.key}`.replaceAll(' ', '_') : undefined}
        placeholder={placeholder}
        autoComplete="off"
        spellCheck={false}
        // biome-ignore lint/a11y/noAutofocus: the reader has just pressed the button that opens this box.
        autoFocus={hasFocus ?? false}
        data-shortcut={shortcut}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAwaited(undefined);
          setActive(0);
          setIsOpen(true);
        }}
        onFocus={() => setIsOpen(true)}
        onBlur={() => {
          setIsOpen(false);
          onCancel?.();
        }}
        onKeyDown={onKeyDown}
      />
      {shortcut !== undefined && typed === '' && <kbd>{shortcut}</kbd>}
      <div
        id={listId}
        role="listbox"
        aria-label={`${label}: suggestions`}
        className="explorer-hits explorer-float"
        hidden={!isOpen || groups.length === 0}
        // The box keeps the focus, or it would close before the click arrives.
        onMouseDown={(event) => event.preventDefault()}
      >
        {groups.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options in a list box has no element of its own.
          <div key={group.title} role="group" aria-label={group.title}>
            <div className="explorer-label" aria-hidden="true">
              {group.title}
              {group.count !== undefined && group.hits.length > 0 && ` · ${formatCount(group.count)}`}
            </div>
            {group.hits.map((hit) => (
              <HitRow
                key={hit.key}
                hit={hit}
                id={`${listId} ${hit.key}`.replaceAll(' ', '_')}
                isActive={hit === current}
                onPick={(isSecond) => pick(hit, isSecond)}
              />
            ))}
            {group.note !== undefined && <div className="explorer-under">{group.note}</div>}
          </div>
        ))}
      </div>
    </div>
  );
}

interface HitRowProps {
  readonly hit: Hit;
  readonly id: string;
  readonly isActive: boolean;
  readonly onPick: (isSecond: boolean) => void;
}

function HitRow({ hit, id, isActive, onPick }: HitRowProps) {
  const heirs = useHeirs(hit);
  const { profile, entitlement } = hit;
  const name = entitlement === undefined ? displayName(profile) : entitlementName(entitlement);
  const facts = [
    profile?.typeName,
    profile && !isRunning(profile) && profile.state && stateName(profile.state),
    ...(profile?.labels.slice(0, 3) ?? []),
    entitlement && kindInSystem(entitlement),
    entitlement?.datasourceName && systemOf(entitlement),
  ];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the text box handles the keys, as in every combobox.
    // biome-ignore lint/a11y/useFocusableInteractive: the text box keeps the focus and names the active option.
    <div
      id={id}
      role="option"
      aria-selected={isActive}
      className={`explorer-hit explorer-bar ${isActive ? 'is-active' : ''}`}
      onClick={(event) => onPick(event.shiftKey)}
      ref={(element) => {
        if (isActive) element?.scrollIntoView({ block: 'nearest' });
      }}
    >
      {profile ? <TypeChip profile={profile} /> : <span className="explorer-chip is-key" aria-hidden="true" />}
      <span className="explorer-row-text explorer-col">
        <span dir="auto">{marked(name, hit.match)}</span>
        <small>{facts.filter(Boolean).join(' · ')}</small>
      </span>
      {heirs !== undefined && <span className="explorer-aside">{heirs}</span>}
    </div>
  );
}

/** What tells profiles of the same name apart. */
function useHeirs(hit: Hit): string | undefined {
  const graph = useWholeWorld().value?.graph;
  if (hit.profile === undefined) return undefined;
  const count = graph?.children(hit.profile.id).length ?? hit.profile.heirs ?? 0;
  return count === 0 ? undefined : `${formatCount(count)} ${count === 1 ? 'inherits' : 'inherit'} from it`;
}

function marked(name: string, match: { readonly start: number; readonly length: number } | undefined) {
  if (match === undefined) return name;
  const end = match.start + match.length;
  return (
    <>
      {name.slice(0, match.start)}
      <mark>{name.slice(match.start, end)}</mark>
      {name.slice(end)}
    </>
  );
}
