import type { ReactNode } from 'react';
import type { Profile } from '../graph/profile-graph.ts';
import { displayName, isRunning } from '../look/box-content.ts';
import { chipColours, type TypeLook } from '../look/colours.ts';
import { stateName } from '../text/sentences.ts';
import { useTheme } from './browser.ts';
import { useTypeLooks } from './questions.ts';

/** The letters of a profile's type on its colour; grey where colour means something else. */
export function TypeChip({ profile, isGrey = false }: { readonly profile: Profile; readonly isGrey?: boolean }) {
  const looks = useTypeLooks();
  const theme = useTheme();
  const look: TypeLook | undefined = profile.typeId === undefined ? undefined : looks.get(profile.typeId);
  const colours = chipColours(isGrey ? undefined : look?.slot, theme);
  return (
    <span className="explorer-chip" style={{ background: colours.fill, color: colours.text }} aria-hidden="true">
      {look?.letters ?? '?'}
    </span>
  );
}

interface ProfileRowProps {
  readonly profile: Profile;
  readonly onClick: () => void;
  readonly note?: ReactNode;
  readonly isGrey?: boolean;
  readonly isOpen?: boolean;
  readonly under?: string | undefined;
  readonly onPoint?: (isOver: boolean) => void;
}

/** A profile as a row of a list. */
export function ProfileRow({ profile, onClick, note, isGrey, isOpen, under, onPoint }: ProfileRowProps) {
  const facts = [under, isRunning(profile) ? undefined : profile.state && stateName(profile.state)].filter(Boolean);
  return (
    <button
      type="button"
      className={`explorer-row explorer-bar explorer-plain ${isOpen ? 'is-open' : ''}`}
      aria-expanded={isOpen}
      onClick={onClick}
      onMouseEnter={onPoint && (() => onPoint(true))}
      onMouseLeave={onPoint && (() => onPoint(false))}
    >
      <TypeChip profile={profile} isGrey={isGrey ?? false} />
      <span className="explorer-row-text explorer-col">
        <span dir="auto">{displayName(profile)}</span>
        {facts.length > 0 && <small>{facts.join(' · ')}</small>}
      </span>
      {note !== undefined && <b>{note}</b>}
    </button>
  );
}

/** Buttons of which one is pressed. */
export function Choice<Value>({
  label,
  options,
  value,
  onChange,
}: {
  readonly label: string;
  readonly options: readonly { readonly value: Value; readonly text: string }[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}) {
  return (
    <fieldset className="explorer-choice explorer-bar">
      <legend>{label}</legend>
      {options.map((option) => (
        <button
          key={option.text}
          type="button"
          aria-pressed={Object.is(option.value, value)}
          onClick={() => onChange(option.value)}
        >
          {option.text}
        </button>
      ))}
    </fieldset>
  );
}
