import { Picker } from '../picker/picker.tsx';
import { entityRef } from '../text/entitlement-name.ts';
import { formatCount } from '../text/sentences.ts';
import type { View } from './address.ts';
import { Icon, useFrame } from './frame.tsx';
import { useFindings } from './questions.ts';
import { useSteps } from './use-address.ts';

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
  const { canGoBack, canGoForward } = useSteps();
  const findings = useFindings(false).shown;
  const shown =
    hasQuery || address.view === 'query' ? [...tabs, { view: 'query' as const, text: 'From the query' }] : tabs;
  return (
    <div className="explorer-top explorer-bar" data-pane="search">
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
      <Step
        name="Back"
        keys="Alt-Left"
        path="M10 3 5 8l5 5"
        isPossible={canGoBack}
        onClick={() => window.history.back()}
      />
      <Step
        name="Forward"
        keys="Alt-Right"
        path="m6 3 5 5-5 5"
        isPossible={canGoForward}
        onClick={() => window.history.forward()}
      />
      <nav className="explorer-tabs" aria-label="Views">
        {shown.map(({ view, text }) => (
          <button
            key={view}
            type="button"
            className="explorer-plain"
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
      <div className="explorer-top-end explorer-bar">
        <div ref={exportRef} />
        <Step name="Beside the editor" path="M2 3h12v10H2zM6.500 3v10M12 6l-2 2 2 2" onClick={onBeside} />
      </div>
    </div>
  );
}

interface StepProps {
  readonly name: string;
  readonly keys?: string;
  readonly path: string;
  readonly isPossible?: boolean;
  readonly onClick: () => void;
}

/** A button with an icon. */
function Step({ name, keys, path, isPossible = true, onClick }: StepProps) {
  return (
    <button
      type="button"
      className="explorer-step"
      aria-label={name}
      title={keys === undefined ? name : `${name} (${keys})`}
      disabled={!isPossible}
      onClick={onClick}
    >
      <Icon path={path} />
    </button>
  );
}
