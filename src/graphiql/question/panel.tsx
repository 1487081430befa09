import { type GraphiQLPlugin, useGraphiQL } from '@graphiql/react';
import { useMemo, useState } from 'react';
import { useOpenQuery } from '../use-open-query.ts';
import { type Question, whyNotAnswerable } from './question.ts';
import { questions } from './questions.ts';
import { placeholders } from './sample.ts';
import { Subject } from './subject.tsx';
import { type Chosen, useSample } from './use-sample.ts';

/** GraphiQL's "Questions" panel. */
function QuestionPanel() {
  const schema = useGraphiQL((state) => state.schema);
  const loadSample = useSample();
  const openQuery = useOpenQuery();
  const [notice, setNotice] = useState('');
  const [chosen, setChosen] = useState<Chosen>();

  const obstacles = useMemo(
    () =>
      new Map(
        Object.values(questions)
          .flat()
          .map((question) => [question, schema ? whyNotAnswerable(schema, question.query) : undefined]),
      ),
    [schema],
  );

  async function open(question: Question) {
    let sample = placeholders;
    setNotice('');
    if (question.variables !== undefined) {
      try {
        sample = await loadSample(chosen);
      } catch (error) {
        setNotice(`The variables could not be filled in: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    const variables = question.variables?.(sample) ?? {};
    // With nothing to fill in there is nothing to run; and what may write is for the reader to start.
    const run = !question.query.startsWith('mutation') && (sample !== placeholders || question.variables === undefined);
    openQuery({ query: question.query, variables, run });
  }

  return (
    <section className="question-panel explorer-root explorer-col" aria-label="Questions">
      <div className="graphiql-doc-explorer-title">Questions</div>
      <p className="explorer-under">Each opens a query with its variables filled in from your data, and runs it.</p>
      <Subject chosen={chosen} onChoose={setChosen} />
      {notice !== '' && (
        <p className="explorer-amber" role="alert">
          {notice}
        </p>
      )}
      {Object.entries(questions).map(([group, members]) => (
        <div key={group} className="explorer-col">
          <h3 className="explorer-label">{group}</h3>
          {members.map((question) => {
            const obstacle = obstacles.get(question);
            return (
              <button
                key={question.title}
                type="button"
                className="question explorer-col"
                disabled={obstacle !== undefined}
                title={obstacle && `This gateway can't answer it: ${obstacle}`}
                onClick={() => void open(question)}
              >
                <strong>{question.title}</strong>
                <span className="explorer-aside">{question.explains}</span>
              </button>
            );
          })}
        </div>
      ))}
    </section>
  );
}

function QuestionIcon() {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
      <path d="M12 21c5 0 9-3.6 9-8s-4-8-9-8-9 3.600-9 8c0 2 .8 3.800 2.200 5.200L4.500 21l3.600-1.200c1.200.8 2.500 1.200 3.900 1.200Z" />
      <path d="M9.700 10.600c.2-1.200 1.100-1.900 2.300-1.900 1.300 0 2.300.8 2.300 2 0 1.700-2.300 1.800-2.300 3.500M12 16.700v.1" />
    </svg>
  );
}

export const questionPlugin: GraphiQLPlugin = { title: 'Questions', icon: QuestionIcon, content: QuestionPanel };
