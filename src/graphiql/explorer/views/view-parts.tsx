import type { ReactNode } from 'react';
import type { World } from '../ask/world.ts';
import { useFrame } from '../page/frame.tsx';
import { useWorldAround } from '../page/questions.ts';
import { AnswerView, Waiting } from '../page/state-page.tsx';
import { Picker, type PickerProps } from '../picker/picker.tsx';
import { bySystem, type Entitlement, entitlementKey, entitlementName } from '../text/entitlement-name.ts';
import { compareTexts } from '../text/order.ts';
import { counted, formatCount } from '../text/sentences.ts';

interface WhichOneProps extends Pick<PickerProps, 'label' | 'kinds' | 'onPick' | 'except'> {
  readonly title: string;
  readonly placeholder?: string;
  readonly children?: ReactNode;
}

/** A view that needs a subject first. */
export function WhichOne({ title, placeholder = 'Name of a profile', children, ...picker }: WhichOneProps) {
  return (
    <div className="explorer-page-state explorer-col">
      <h2 dir="auto">{title}</h2>
      {children}
      <Picker key={picker.label} placeholder={placeholder} hasFocus {...picker} />
    </div>
  );
}

interface AroundProfileProps {
  readonly id: string;
  readonly children: (world: World, isStale: boolean) => ReactNode;
}

/** What is shown of a profile and those around it, once they are read. */
export function AroundProfile({ id, children }: AroundProfileProps) {
  const world = useWorldAround(id);
  return (
    <AnswerView reading={world} what="what is around this profile" attempt="read what is around this profile">
      {(shown, isStale) => {
        if (shown.graph.has(id)) return children(shown, isStale);
        return isStale ? <Waiting what="this profile" /> : <NotThere />;
      }}
    </AnswerView>
  );
}

export function NotThere() {
  const { adjust } = useFrame();
  return (
    <div className="explorer-page-state explorer-col">
      <h2>No such profile</h2>
      <p>It has been deleted, or your key may not see it.</p>
      <button type="button" onClick={() => adjust({ view: 'overview', id: undefined })}>
        To the overview
      </button>
    </div>
  );
}

/** What is not in the picture although it exists. Of missing parents, those among `ids`; all if left out. */
export function Limits({ world, ids }: { readonly world: World; readonly ids?: ReadonlySet<string> }) {
  const missing = world.graph.profiles.filter(({ id, isMissing }) => isMissing && ids?.has(id) !== false).length;
  return (
    <>
      {world.isTruncated && (
        <p className="explorer-amber">
          The gateway cut this short at {counted(world.byName.length, 'profile')}: there are more.
        </p>
      )}
      {missing > 0 && (
        <p className="explorer-amber">
          {counted(missing, 'parent is', 'parents are')} not visible to you: what comes from there is unknown.
        </p>
      )}
    </>
  );
}

interface GroupProps {
  readonly title: string;
  readonly count: number;
  readonly children: ReactNode;
}

/** Rows of a list that belong together. */
export function Group({ title, count, children }: GroupProps) {
  return (
    <section className="explorer-group">
      <h3>
        <span dir="auto">{title}</span> <span>{formatCount(count)}</span>
      </h3>
      {children}
    </section>
  );
}

/** Said below a list that shows the first of many. */
export function MoreRows({ count, most }: { readonly count: number; readonly most: number }) {
  if (count <= most) return null;
  return <p className="explorer-nothing">and {formatCount(count - most)} more: all are in the CSV.</p>;
}

interface BySystemProps<Item> {
  readonly items: readonly Item[];
  readonly entitlementOf: (item: Item) => Entitlement;
  readonly children: (item: Item) => ReactNode;
}

/** Entitlements by the system they are in. */
export function BySystem<Item>({ items, entitlementOf, children }: BySystemProps<Item>) {
  const byName = (one: Item, other: Item) =>
    compareTexts(entitlementName(entitlementOf(one)), entitlementName(entitlementOf(other)));
  return bySystem(items, entitlementOf).map(({ system, items: members }) => (
    <Group key={system} title={system} count={members.length}>
      <ul>
        {members.toSorted(byName).map((item) => (
          <li key={entitlementKey(entitlementOf(item))}>{children(item)}</li>
        ))}
      </ul>
    </Group>
  ));
}
