import { useMemo, useState } from 'react';
import type { Profile } from '../../graph/profile-graph.ts';
import { displayName } from '../../look/box-content.ts';
import { ProfileRow } from '../../page/parts.tsx';
import { compareNamed } from '../../text/order.ts';
import { counted } from '../../text/sentences.ts';

interface StubListProps {
  readonly profiles: readonly Profile[];
  readonly onPick: (id: string) => void;
  readonly onClose: () => void;
}

const mostRows = 200;

/** What a stub stands for, with a filter. Choosing one brings it into the picture. */
export function StubList({ profiles, onPick, onClose }: StubListProps) {
  const [words, setWords] = useState('');
  const shown = useMemo(() => {
    const wanted = words.trim().toLowerCase();
    return [...profiles].sort(compareNamed).filter((profile) => displayName(profile).toLowerCase().includes(wanted));
  }, [profiles, words]);
  return (
    <div
      className="explorer-popup explorer-float explorer-col"
      role="dialog"
      aria-label="More profiles"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      <header>
        <input
          type="text"
          aria-label="Filter these profiles"
          placeholder={`Filter ${counted(profiles.length, 'profile')}`}
          value={words}
          // biome-ignore lint/a11y/noAutofocus: the reader has just opened this list.
          autoFocus
          onChange={(event) => setWords(event.target.value)}
        />
        <button type="button" aria-label="Close" onClick={onClose}>
          ✕
        </button>
      </header>
      <div>
        {shown.slice(0, mostRows).map((profile) => (
          <ProfileRow key={profile.id} profile={profile} onClick={() => onPick(profile.id)} under={profile.typeName} />
        ))}
        {shown.length === 0 && <p>No profile here is called “{words}”.</p>}
        {shown.length > mostRows && <p>And {counted(shown.length - mostRows, 'more')}: type to filter.</p>}
      </div>
    </div>
  );
}
