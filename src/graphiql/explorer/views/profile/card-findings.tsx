import type { Finding } from '../../ask/findings.ts';
import { useFrame } from '../../page/frame.tsx';
import { useFindings } from '../../page/questions.ts';
import { findingTitle, orderedFindings } from '../finding-text.ts';

/** What is wrong or wasteful about this profile. */
export function CardFindings({ id, findings }: { readonly id: string; readonly findings: readonly Finding[] }) {
  const { go } = useFrame();
  const all = useFindings(false).shown;
  if (all === undefined)
    return <p className="explorer-nothing">Findings of a large tenant are read only when you ask: open “Findings”.</p>;
  if (findings.length === 0) return <p className="explorer-nothing">Nothing is wrong with it.</p>;
  const ordered = orderedFindings(all);
  return (
    <ul>
      {findings.map((finding) => (
        <li key={finding.kind + finding.message}>
          <button
            type="button"
            className="explorer-fact explorer-col explorer-plain"
            onClick={() => go({ view: 'findings', id, finding: ordered.indexOf(finding) })}
          >
            <strong dir="auto">{findingTitle(finding)}</strong>
          </button>
        </li>
      ))}
    </ul>
  );
}
