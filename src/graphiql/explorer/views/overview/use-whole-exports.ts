import { useMemo } from 'react';
import { isRecord, text } from '../../../json.ts';
import { AskError, rootField } from '../../ask/ask.ts';
import { download, fileName } from '../../export/download.ts';
import { type MenuItem, useFrame } from '../../page/frame.tsx';
import { useSession } from '../../page/session.tsx';

/** The whole tenant in the gateway's own text formats. */
export function useWholeExports(): readonly MenuItem[] {
  const { ask } = useSession();
  const { say } = useFrame();
  return useMemo(
    () =>
      (['mermaid', 'dot'] as const).map((format) => ({
        text: format === 'dot' ? 'DOT of everything' : 'Mermaid of everything',
        onPick: () => {
          const document = `query ExplorerText { inheritanceGraph { ${format} } }`;
          ask(new AbortController().signal)(document)
            .then((answered) => {
              const graph = rootField(answered, 'inheritanceGraph');
              const content = isRecord(graph) ? text(graph[format]) : undefined;
              if (content === undefined) throw answered.errorAt(format) ?? new AskError('The answer holds no text.');
              download(fileName('access profiles', format === 'dot' ? 'dot' : 'mmd'), content, 'text/plain');
            })
            .catch((error: Error) => say(`The file could not be made: ${error.message}`));
        },
      })),
    [ask, say],
  );
}
