import { PreferencesCard } from '../../messages/preferences-card.tsx';
import { PushCard } from '../../messages/push-card.tsx';
import { QuietHoursCard } from '../../messages/quiet-hours-card.tsx';
import { Section } from './section.tsx';

export function Component() {
  return (
    <Section name="notifications">
      <PreferencesCard />
      <QuietHoursCard />
      <PushCard />
    </Section>
  );
}
