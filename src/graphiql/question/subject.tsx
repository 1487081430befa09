import { useState } from 'react';
import { displayName } from '../explorer/look/box-content.ts';
import { SessionProvider } from '../explorer/page/session.tsx';
import { Picker } from '../explorer/picker/picker.tsx';
import { entitlementName } from '../explorer/text/entitlement-name.ts';
import type { Chosen } from './use-sample.ts';

interface SubjectProps {
  readonly chosen: Chosen | undefined;
  readonly onChoose: (chosen: Chosen | undefined) => void;
}

/** What the questions are about: any profile, or one that the reader picks. Nothing is asked before the box is opened. */
export function Subject({ chosen, onChoose }: SubjectProps) {
  const [isPicking, setIsPicking] = useState(false);
  if (isPicking)
    return (
      <div className="question-subject explorer-root">
        <SessionProvider>
          <Picker
            label="Profile or entitlement to ask about"
            placeholder="Name of a profile or an entitlement"
            kinds="both"
            hasFocus
            onPick={({ profile, entitlement }) => {
              setIsPicking(false);
              if (profile !== undefined) onChoose({ name: displayName(profile), profileId: profile.id });
              if (entitlement === undefined) return;
              const { datasourceId, entityType, entityId } = entitlement;
              onChoose({ name: entitlementName(entitlement), entity: { datasourceId, entityType, entityId } });
            }}
            onCancel={() => setIsPicking(false)}
          />
        </SessionProvider>
      </div>
    );
  return (
    <div className="question-subject">
      <button type="button" className="question-choice" onClick={() => setIsPicking(true)}>
        <span>Ask about</span>
        <strong dir="auto">{chosen?.name ?? 'any profile: choose one…'}</strong>
      </button>
      {chosen !== undefined && (
        <button
          type="button"
          className="question-choice"
          aria-label="Ask about any profile"
          onClick={() => onChoose(undefined)}
        >
          ✕
        </button>
      )}
    </div>
  );
}
