import './monaco-workers.ts';
import 'graphiql/style.css';
import '@graphiql/plugin-explorer/style.css';
import './page.css';
import './explorer/css/theme.css';
import './question/question.css';
import { createRoot } from 'react-dom/client';
import { inkVariables } from './explorer/look/colours.ts';
import { Page } from './page.tsx';

// The style sheets name colours; here they get the values that the map and the files have too.
const inks = new CSSStyleSheet();
inks.replaceSync(`.explorer-root { ${inkVariables()} }`);
document.adoptedStyleSheets.push(inks);

const root = document.getElementById('page');
if (root === null) throw new Error('index.html has no element "page"');
createRoot(root).render(<Page />);
