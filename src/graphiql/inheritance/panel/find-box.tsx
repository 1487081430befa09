import { useState } from 'react';

interface FindBoxProps {
  readonly text: string;
  /** Keys of the profiles that match, in drawing order. */
  readonly matches: readonly string[];
  readonly onChange: (text: string) => void;
  readonly onGo: (key: string) => void;
}

/** Finds profiles by name: marks them while typing, Enter goes from one to the next. */
export function FindBox({ text, matches, onChange, onGo }: FindBoxProps) {
  const [position, setPosition] = useState(-1);
  function go(step: number) {
    const next = (position + step + matches.length) % matches.length;
    const key = matches[next];
    if (key === undefined) return;
    setPosition(next);
    onGo(key);
  }
  return (
    <search className="inheritance-find">
      <input
        type="search"
        value={text}
        placeholder="Find a profile"
        aria-label="Find a profile by name"
        onChange={(event) => {
          setPosition(-1);
          onChange(event.target.value);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          go(event.shiftKey ? -1 : 1);
        }}
      />
      {text !== '' && (
        <span role="status">{matches.length === 0 ? 'none' : `${Math.max(position, 0) + 1} of ${matches.length}`}</span>
      )}
    </search>
  );
}
