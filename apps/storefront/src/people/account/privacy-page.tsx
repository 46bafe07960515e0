import { EraseCard } from './erase-card.tsx';
import { ExportCard } from './export-card.tsx';
import { Section } from './section.tsx';

export function Component() {
  return (
    <Section name="privacy">
      <ExportCard />
      <EraseCard />
    </Section>
  );
}
