import { useState } from 'react';
import { later } from '../later.tsx';
import type { Chosen } from './use-sample.ts';

interface SubjectProps {
  readonly chosen: Chosen | undefined;
  readonly onChoose: (chosen: Chosen | undefined) => void;
}

const SubjectPicker = later(async () => (await import('./subject-picker.tsx')).SubjectPicker);

/** What the questions are about: any profile, or one that the reader picks. Nothing is asked before the box is opened. */
export function Subject({ chosen, onChoose }: SubjectProps) {
  const [isPicking, setIsPicking] = useState(false);
  if (isPicking)
    return (
      <SubjectPicker
        onPick={(picked) => {
          setIsPicking(false);
          if (picked !== undefined) onChoose(picked);
        }}
      />
    );
  return (
    <div className="question-subject">
      <button type="button" className="question explorer-col" onClick={() => setIsPicking(true)}>
        <span className="explorer-aside">Ask about</span>
        <strong dir="auto">{chosen?.name ?? 'any profile: choose one…'}</strong>
      </button>
      {chosen !== undefined && (
        <button type="button" aria-label="Ask about any profile" onClick={() => onChoose(undefined)}>
          ✕
        </button>
      )}
    </div>
  );
}
