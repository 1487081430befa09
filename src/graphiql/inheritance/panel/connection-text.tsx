import type { Connection } from '../graph/connection.ts';

interface ConnectionTextProps {
  readonly from: string;
  readonly to: string;
  readonly connection: Connection | undefined;
  readonly nameOf: (key: string) => string;
  readonly onClear: () => void;
}

/** Says in words what lights up in the drawing. */
export function ConnectionText({ from, to, connection, nameOf, onClear }: ConnectionTextProps) {
  const [one, other] = [nameOf(from), nameOf(to)];
  return (
    <p className="panel-notice inheritance-path" role="status">
      {sentence(one, other, connection, nameOf)}{' '}
      <button type="button" className="text-button" onClick={onClear}>
        Clear
      </button>
    </p>
  );
}

function sentence(one: string, other: string, connection: Connection | undefined, nameOf: (key: string) => string) {
  if (connection === undefined) return `${one} and ${other} have nothing to do with one another in this drawing.`;
  const steps = `${connection.nodes.length - 1} ${connection.nodes.length === 2 ? 'step' : 'steps'}`;
  const through = connection.through === undefined ? '' : nameOf(connection.through);
  const names = connection.nodes.map(nameOf);
  switch (connection.kind) {
    case 'up':
      return `${one} inherits from ${other} in ${steps}: ${names.join(' → ')}.`;
    case 'down':
      return `${other} inherits from ${one} in ${steps}: ${names.toReversed().join(' → ')}.`;
    case 'common':
      return `Neither inherits from the other; ${one} and ${other} both inherit from ${through}.`;
    case 'below':
      return `Neither inherits from the other; ${through} inherits from both ${one} and ${other}.`;
  }
}
