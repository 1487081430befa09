import type { GraphiQLPlugin } from '@graphiql/react';
import { QuestionPanel } from './panel.tsx';

function QuestionIcon() {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
      <path d="M12 21c5 0 9-3.6 9-8s-4-8-9-8-9 3.600-9 8c0 2 .8 3.800 2.200 5.200L4.500 21l3.600-1.200c1.200.8 2.500 1.200 3.900 1.200Z" />
      <path d="M9.700 10.600c.2-1.200 1.100-1.900 2.300-1.900 1.300 0 2.300.8 2.300 2 0 1.700-2.300 1.800-2.300 3.500M12 16.700v.1" />
    </svg>
  );
}

export const questionPlugin: GraphiQLPlugin = { title: 'Questions', icon: QuestionIcon, content: QuestionPanel };
