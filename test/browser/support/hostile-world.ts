import { builtInWorld } from '../../../src/sandbox/seed/world.ts';
import type { World, WorldProfile } from '../../../src/sandbox/world.ts';
import { hostileNames } from '../../inheritance/hostile-names.ts';

export const markupName = '<img src=x onerror=alert(1)>';
export const longName = `${'Regional Operations and Compliance Oversight '.repeat(4)}2024-00806`;
export const arabicName = 'إدارة الوصول المالي للموظفين';

/** One profile that all others inherit from, with names and ids that a page could trip over. */
export function hostileWorld(): World {
  const { types } = builtInWorld();
  const [type] = types;
  const typeId = type?.id ?? '';
  const names = [markupName, longName, arabicName, '__proto__', 'constructor', '=HYPERLINK("x")', ...hostileNames];
  const root: WorldProfile = {
    id: '__proto__',
    name: 'Root of all',
    profile_type: typeId,
    labels: ['<b>label</b>', 'שלום'],
    entities: [
      {
        entity_type: 'OktaGroup',
        datasource_id: 'd1',
        entity_id: 'constructor',
        entity_name: '<script>alert(1)</script>',
      },
    ],
  };
  const children = names.map(
    (name, index): WorldProfile => ({
      id: index === 0 ? 'constructor' : `hostile-${index}`,
      // The API has a name for every profile.
      name: name === '' ? ' ' : name,
      profile_type: typeId,
      inherits: ['__proto__'],
      labels: ['<b>label</b>'],
    }),
  );
  return { types: types.map((each) => ({ ...each, max_entitlements: null })), profiles: [root, ...children] };
}
