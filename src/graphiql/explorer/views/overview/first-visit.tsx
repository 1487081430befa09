import { useStored } from '../../page/browser.ts';
import { useFrame } from '../../page/frame.tsx';
import { focusSearch } from '../../page/keys.tsx';

const tasks: readonly {
  readonly question: string;
  readonly how: string;
  readonly view?: 'grants' | 'findings' | 'change' | 'compare';
}[] = [
  { question: 'What does a profile grant, and through whom?', how: 'Press / and type its name.' },
  { question: 'Who grants an entitlement?', how: 'Open “Who grants” and type its name.', view: 'grants' },
  { question: 'What is wrong, and how is it mended?', how: 'Open “Findings”.', view: 'findings' },
  {
    question: 'Who is affected if a profile changes?',
    how: 'Open “Try a change”. Nothing is written.',
    view: 'change',
  },
  { question: 'How do two profiles differ?', how: 'Open “Compare”.', view: 'compare' },
];

/** What this is, and how to get at what people want to know. Stays until it is closed. */
export function FirstVisit() {
  const { go } = useFrame();
  const [visited, store] = useStored('explorer:visited');
  if (visited === 'yes') return null;
  return (
    <section className="explorer-first" aria-label="What this is">
      <div className="explorer-col">
        <p>An access profile is a bundle of entitlements: groups, roles and permissions.</p>
        <p>Profiles inherit from one another: most of what a profile grants comes from its parents.</p>
        <p>Here you see who grants what, to whom, and what a change would do. Nothing here writes.</p>
      </div>
      <ul>
        {tasks.map(({ question, how, view }) => (
          <li key={question}>
            <button
              type="button"
              className="explorer-col"
              onClick={(event) => {
                if (view !== undefined) go({ view });
                else focusSearch(event.currentTarget.closest('.inheritance-panel'));
              }}
            >
              <strong>{question}</strong>
              <span className="explorer-aside">{how}</span>
            </button>
          </li>
        ))}
      </ul>
      <button type="button" aria-label="Close this introduction" className="explorer-step" onClick={() => store('yes')}>
        ✕
      </button>
    </section>
  );
}
