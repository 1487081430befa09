import type { Scene } from '../look/scene.ts';
import { readingOrder } from '../stage/walk.ts';

/** A picture as a list, column by column. */
export function SceneList({ scene, onGo }: { readonly scene: Scene; readonly onGo: (key: string) => void }) {
  return (
    <ul className="explorer-list" aria-label="As a list">
      {readingOrder(scene.boxes).map(({ key, name, badge, sub }) => (
        <li key={key}>
          <button type="button" onClick={() => onGo(key)}>
            <span dir="auto">{name}</span>
            {sub !== undefined && <small>{sub}</small>}
            {badge !== undefined && <b>{badge}</b>}
          </button>
        </li>
      ))}
    </ul>
  );
}
