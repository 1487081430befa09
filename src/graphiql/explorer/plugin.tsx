import type { GraphiQLPlugin } from '@graphiql/react';
import { later } from '../later.tsx';

function InheritanceIcon() {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
      <rect x="8" y="2.5" width="8" height="5" rx="1.5" />
      <rect x="2" y="16.5" width="8" height="5" rx="1.5" />
      <rect x="14" y="16.5" width="8" height="5" rx="1.5" />
      <path d="M6 16.500v-2.500c0-1 .8-2 2-2h8c1.200 0 2 1 2 2v2.500M12 12V7.500m-1.800 1.800L12 7.500l1.800 1.800" />
    </svg>
  );
}

export const inheritancePlugin: GraphiQLPlugin = {
  title: 'Inheritance',
  icon: InheritanceIcon,
  content: later(async () => (await import('./page/explorer.tsx')).InheritancePanel),
};
