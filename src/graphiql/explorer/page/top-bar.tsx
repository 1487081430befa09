import { Picker } from '../picker/picker.tsx';
import { entityRef } from '../text/entitlement-name.ts';
import { formatCount } from '../text/sentences.ts';
import type { View } from './address.ts';
import { useFrame } from './frame.tsx';
import { useFindings } from './questions.ts';

const tabs: readonly { readonly view: View; readonly text: string }[] = [
  { view: 'overview', text: 'Overview' },
  { view: 'profile', text: 'Profile' },
  { view: 'grants', text: 'Who grants' },
  { view: 'findings', text: 'Findings' },
  { view: 'change', text: 'Try a change' },
  { view: 'compare', text: 'Compare' },
];

interface TopBarProps {
  readonly hasQuery: boolean;
  readonly exportRef: (element: HTMLElement | null) => void;
  readonly onBeside: () => void;
}

/** Search, back and forward, the views, and at the end Export. */
export function TopBar({ hasQuery, exportRef, onBeside }: TopBarProps) {
  const { address, go, openProfile } = useFrame();
  const findings = useFindings(false).shown;
  const shown =
    hasQuery || address.view === 'query' ? [...tabs, { view: 'query' as const, text: 'From the query' }] : tabs;
  return (
    <div className="explorer-top" data-pane="search">
      <div className="explorer-search">
        <Picker
          label="Find a profile or an entitlement"
          placeholder="Find a profile or an entitlement"
          kinds="both"
          shortcut="/"
          onPick={({ profile, entitlement, isSecond }) => {
            if (entitlement !== undefined) go({ view: 'grants', entity: entityRef(entitlement) });
            else if (profile !== undefined && isSecond && address.id !== undefined && address.id !== profile.id) {
              go({ view: 'compare', to: profile.id });
            } else if (profile !== undefined) openProfile(profile.id);
          }}
        />
      </div>
      <button
        type="button"
        className="explorer-step"
        aria-label="Back"
        title="Back (Alt-Left)"
        onClick={() => window.history.back()}
      >
        <svg viewBox="0 0 16 16" aria-hidden="true" className="explorer-icon">
          <path d="M10 3 5 8l5 5" />
        </svg>
      </button>
      <button
        type="button"
        className="explorer-step"
        aria-label="Forward"
        title="Forward (Alt-Right)"
        onClick={() => window.history.forward()}
      >
        <svg viewBox="0 0 16 16" aria-hidden="true" className="explorer-icon">
          <path d="m6 3 5 5-5 5" />
        </svg>
      </button>
      <nav className="explorer-tabs" aria-label="Views">
        {shown.map(({ view, text }) => (
          <button
            key={view}
            type="button"
            aria-current={address.view === view ? 'page' : undefined}
            onClick={() => go({ view, ...(view === 'profile' && { to: undefined }) })}
          >
            {text}
            {view === 'findings' && findings !== undefined && findings.length > 0 && (
              <span className="explorer-count is-warning">{formatCount(findings.length)}</span>
            )}
          </button>
        ))}
      </nav>
      <div className="explorer-top-end">
        <div ref={exportRef} />
        <button
          type="button"
          className="explorer-step"
          aria-label="Beside the editor"
          title="Beside the editor"
          onClick={onBeside}
        >
          <svg viewBox="0 0 16 16" aria-hidden="true" className="explorer-icon">
            <path d="M2 3h12v10H2zM6.500 3v10M12 6l-2 2 2 2" />
          </svg>
        </button>
      </div>
    </div>
  );
}
