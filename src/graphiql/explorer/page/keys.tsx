const keys: readonly (readonly [string, string])[] = [
  ['/', 'search'],
  ['1 to 6', 'views'],
  ['Alt-Left, Alt-Right', 'back, forward'],
  ['F6', 'from pane to pane'],
  ['Arrow keys', 'in a picture: parent, child, neighbours'],
  ['Home', 'the profile itself'],
  ['Enter', 'go to the profile'],
  ['Space', 'its card'],
  ['+', 'bring more relatives in'],
  ['p, c', 'path to…, compare with…'],
  ['Shift-Enter', 'in the search: compare with what is open'],
  ['Escape', 'one step out'],
];

/** The keys of the explorer. */
export function Keys({ onClose }: { readonly onClose: () => void }) {
  return (
    <div className="explorer-dialog" role="dialog" aria-label="Keys">
      <h2>Keys</h2>
      <dl>
        {keys.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      {/* biome-ignore lint/a11y/noAutofocus: a dialog takes the focus when it opens. */}
      <button type="button" autoFocus onClick={onClose}>
        Close
      </button>
    </div>
  );
}
