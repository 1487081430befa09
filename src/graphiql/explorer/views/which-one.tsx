import type { ReactNode } from 'react';
import { Picker, type PickerProps } from '../picker/picker.tsx';

interface WhichOneProps extends Pick<PickerProps, 'label' | 'kinds' | 'onPick'> {
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
